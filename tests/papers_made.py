"""PDF files and workbooks as different tools make them, with texts of our own."""

from __future__ import annotations

import base64
import io
import zlib
from collections.abc import Callable
from importlib import resources
from itertools import zip_longest

import plutoprint
import typst
import xlsxwriter
from fpdf import FPDF
from PIL import Image, ImageDraw
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, SimpleDocTemplate, Spacer, Table

STYLES = getSampleStyleSheet()

RESCUES = (
    "La unidad contra la trata rescató a 214 personas en los puertos del norte durante 2025, según el balance que "
    "la policía entregó a las autoridades regionales en enero."
)
GIRLS = (
    "De las personas rescatadas, 131 eran mujeres y 58 eran niñas o adolescentes que habían sido captadas con "
    "ofertas de trabajo en restaurantes de la carretera."
)
COURTS = (
    "Los juzgados dictaron 17 sentencias condenatorias en el mismo año, cinco más que en 2024, y absolvieron a nueve "
    "de los acusados por falta de pruebas."
)
SHELTERS = (
    "La región cuenta con dos albergues especializados, cuya capacidad conjunta es de 46 plazas, de modo que "
    "muchas víctimas son trasladadas a la capital."
)
BUDGET = (
    "El presupuesto asignado a la lucha contra la trata llegó a 3.4 millones de soles, aunque el observatorio estima "
    "que harían falta unos diez millones para cumplir el plan."
)
ADVICE = (
    "El observatorio recomienda publicar cada trimestre las cifras de denuncias, investigaciones y sentencias, con la "
    "misma definición en todas las instituciones."
)
TEXTS = (RESCUES, GIRLS, COURTS, SHELTERS, BUDGET, ADVICE)
REGIONS = [
    ["Región", "2024", "2025"],
    ["Piura", "61", "74"],
    ["Madre de Dios", "118", "140"],
    ["San Martín", "9", "12"],
]


def typeset(columns: int, size: float = 11) -> bytes:
    """A bulletin by Typst: columns, justified lines, words cut at their ends, running heads, page numbers, a table."""
    cells = ", ".join(f"[{cell}]" for row in REGIONS for cell in row)
    source = f"""
#set document(title: "Boletín de la trata en el norte", date: datetime(year: 2026, month: 2, day: 3))
#set page(paper: "a5", columns: {columns}, margin: 1.6cm, header: [Boletín del norte #h(1fr) Número 12],
  footer: context align(center, counter(page).display()))
#set text(lang: "es", size: {size}pt, hyphenate: true)
#set par(justify: true)
#show table: set par(justify: false)
#place(top, scope: "parent", float: true)[= Boletín de la trata en el norte
3 de febrero de 2026]
== Balance
""" + "\n\n".join(TEXTS * 2)
    source += (
        f"\n\nTabla 1. Víctimas por región\n\n#table(columns: 3, {cells})\n\nElaboración: observatorio del norte.\n"
    )
    return typst.compile(source.encode())


def framed() -> bytes:
    """A leaflet by ReportLab: two frames, the lines of the right one lower by half a line, no cut words."""
    made = io.BytesIO()
    left = Frame(40, 60, 250, 700, id="left")
    right = Frame(310, 67, 250, 700, id="right", topPadding=12)
    document = BaseDocTemplate(made, pagesize=A4, title="Microsoft Word - informe_final.docx")
    document.addPageTemplates([PageTemplate(frames=[left, right])])
    story = [Paragraph("Informe del observatorio de 2025", STYLES["Title"])]
    for text in TEXTS * 2:
        story += [Paragraph(text, STYLES["Normal"]), Spacer(1, 8)]
    document.build([*story, *(Paragraph(text, STYLES["Normal"]) for text in TEXTS)])
    return made.getvalue()


def ruled() -> bytes:
    """A report by ReportLab with a ruled table whose headings span columns, between paragraphs."""
    made = io.BytesIO()
    rows = [["Departamento", "Víctimas", "", "Detenidos"], ["", "Mujeres", "Hombres", ""]]
    rows += [["Loreto", "24", "7", "5"], ["Ucayali", "51", "12", "9"], ["Puno", "15", "7", "-"]]
    table = Table(rows)
    table.setStyle(
        [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("SPAN", (1, 0), (2, 0)), ("ALIGN", (1, 0), (2, 0), "CENTER")]
    )
    story = [
        Paragraph("Rescates por departamento", STYLES["Title"]),
        Paragraph(RESCUES, STYLES["Normal"]),
        Spacer(1, 12),
    ]
    document = SimpleDocTemplate(made, pagesize=A4, title="Rescates por departamento")
    document.build([*story, table, Spacer(1, 12), Paragraph(GIRLS, STYLES["Normal"])])
    return made.getvalue()


def long_table() -> bytes:
    """A table by ReportLab that goes on over pages, its headings on the first alone."""
    made = io.BytesIO()
    rows = [["Distrito fiscal", "Denuncias", "Víctimas"]]
    rows += [
        [f"Distrito {chr(65 + place // 26)}{chr(97 + place % 26)}", str(place + 3), str(place * 7)]
        for place in range(90)
    ]
    SimpleDocTemplate(made, pagesize=A4).build([Table(rows)])
    return made.getvalue()


def row_by_row() -> bytes:
    """Two columns that a program drew line by line across the page, and a table word by word."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    canvas.setFont("Helvetica", 10)
    for place, (left, right) in enumerate(
        zip_longest(_lines(RESCUES + " " + GIRLS), _lines(COURTS + " " + SHELTERS), fillvalue="")
    ):
        canvas.drawString(60, 760 - 13 * place, left)
        canvas.drawString(320, 760 - 13 * place, right)
    for place, row in enumerate(REGIONS):
        for x, cell in zip((60, 220, 280), row, strict=True):
            canvas.drawString(x, 500 - 16 * place, cell)
    canvas.save()
    return made.getvalue()


def _lines(text: str, width: int = 40) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


class _Numbered(FPDF):
    def header(self) -> None:
        self.set_font("Helvetica", size=8)
        self.cell(0, 6, "Observatorio del norte - Informe anual", align="C", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Helvetica", size=8)
        self.cell(0, 6, f"Página {self.page_no()} de {{nb}}", align="R")


def numbered() -> bytes:
    """A report by fpdf2 over several pages, with a running head and `Página 1 de 3`."""
    pdf = _Numbered()
    pdf.add_page()
    pdf.set_font("Helvetica", size=16)
    pdf.multi_cell(0, 8, "Informe anual del observatorio del norte", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Helvetica", size=12)
    pdf.cell(0, 8, "Piura, 14 de enero de 2026", new_x="LMARGIN", new_y="NEXT")
    for text in TEXTS * 4:
        pdf.multi_cell(0, 8, text, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(5)
    return bytes(pdf.output())


def by_hand() -> bytes:
    """Lines with hyphens as a word processor of old cut them, by fpdf2."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Times", size=12)
    lines = [
        "El balance socio-económico de la lucha contra la trata mues-",
        "tra que 214 personas fueron rescatadas en los puer-",
    ]
    lines += ["tos. El estudio socio-", "económico fue hecho por la Universidad Cayetano-", "Heredia en 2025."]
    for line in lines:
        pdf.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def _scan(text: str) -> Image.Image:
    picture = Image.new("L", (600, 800), 255)
    ImageDraw.Draw(picture).text((40, 60), text, fill=0)
    return picture


def scanned() -> bytes:
    """Pictures of pages and no letter, by Pillow."""
    made = io.BytesIO()
    _scan("Se rescataron 12 personas").save(made, "PDF", save_all=True, append_images=[_scan("Hoja 2")])
    return made.getvalue()


def half_scanned() -> bytes:
    """A page of text, a picture of a page, and a page of text again, by fpdf2."""
    pdf = FPDF()
    pdf.set_font("Helvetica", size=12)
    for text in (RESCUES, None, COURTS):
        pdf.add_page()
        if text is None:
            pdf.image(_scan("Anexo"), w=150)
        else:
            pdf.multi_cell(0, 7, text)
    return bytes(pdf.output())


def bound() -> bytes:
    """A book by ReportLab: contents, and heads that change with the chapter and carry the number of the page."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    canvas.setFont("Helvetica", 11)
    for place, text in enumerate(("Presentación", "Víctimas", "Denuncias", "Sentencias", "Anexos")):
        canvas.drawString(60, 700 - 20 * place, f"{place + 1}. {text} {'. ' * 40}{2 * place + 2}")
    canvas.drawString(60, 400, f"Casos en Lima {'.' * 30} 402")
    for page in range(2, 8):
        canvas.showPage()
        canvas.setFont("Helvetica", 11)
        canvas.drawString(60, 800, f"Capítulo {page // 2}" if page % 2 else f"{page}")
        canvas.drawString(500, 800, f"{page}" if page % 2 else f"Parte {page // 2}")
        for place, line in enumerate(_lines(f"{TEXTS[page - 2]} En la página hay {page * 11} casos.", 80)):
            canvas.drawString(60, 740 - 14 * place, line)
    canvas.save()
    return made.getvalue()


def locked() -> bytes:
    """A file that asks for a password, by fpdf2."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=12)
    pdf.multi_cell(0, 7, "Documento reservado")
    pdf.set_encryption(owner_password="dueno", user_password="clave")
    return bytes(pdf.output())


def printed(size: str = "148mm 210mm") -> bytes:
    """A web page as PlutoPrint prints it: running heads in the margins, justified lines, a table without rules.

    Its letters come with ReportLab: a machine that has no fonts makes the same file.
    """
    letters = base64.b64encode(resources.files("reportlab").joinpath("fonts/Vera.ttf").read_bytes()).decode()
    font = f"@font-face{{font-family:own;src:url(data:font/ttf;base64,{letters})}}*{{font-family:own}}"
    heads = "@top-center{content:'Informe alternativo'}@bottom-right{content:counter(page)}"
    margins = f"@page{{size:{size};margin:1.6cm;{heads}}}"
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in REGIONS[1:])
    table = f"<table><tr><th>Región<th>Mujeres<th>Hombres</tr>{rows}</table>"
    body = "".join(f"<p lang=es style='text-align:justify'>{text}</p>" for text in TEXTS * 2)
    head = f"<title>Informe alternativo de 2025</title><style>{font}{margins}</style><h1>Informe alternativo</h1>"
    made = io.BytesIO()
    book = plutoprint.Book()
    book.load_html(f"{head}{body}{table}{body}")
    book.write_to_pdf_stream(made)
    return made.getvalue()


def swollen(size: int) -> bytes:
    """A page whose content is `size` bytes once it is open, and a thousandth of that before."""
    packer = zlib.compressobj(9)
    chunk = b"BT /F1 9 Tf 9 9 Td (12 casos) Tj ET\n" * 30_000
    block = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = block * (size // len(chunk))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects, 1))
    return b"%PDF-1.5\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"


def crowded(text: str) -> bytes:
    """A page with a number at each of thousands of places, in no order, by ReportLab."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4)
    canvas.setFont("Helvetica", 2)
    for place, word in enumerate(text.split()):
        canvas.drawString((place * 7919) % 590, (place * 104729) % 840, word)
    canvas.save()
    return made.getvalue()


def workbook() -> bytes:
    """A workbook with a title above a table, a sheet that is hidden and one that is empty."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("Regiones")
    sheet.write_row(0, 0, ["Víctimas de trata por región"])
    for place, row in enumerate(REGIONS):
        sheet.write_row(place + 2, 0, [float(cell) if cell.isdigit() else cell for cell in row])
    sheet.write_row(8, 0, ["Fuente: observatorio del norte"])
    book.add_worksheet("Vacía")
    book.add_worksheet("Notas").hide()
    book.close()
    return made.getvalue()


MADE: dict[str, Callable[[], bytes]] = {
    "Typst: two columns": lambda: typeset(2),
    "Typst: three columns": lambda: typeset(3, 8),
    "ReportLab: frames": framed,
    "ReportLab: ruled": ruled,
    "ReportLab: row by row": row_by_row,
    "fpdf2: numbered": numbered,
    "fpdf2: by hand": by_hand,
    "ReportLab: bound": bound,
    "PlutoPrint: printed": printed,
    "Pillow: scanned": scanned,
    "fpdf2: half scanned": half_scanned,
    "fpdf2: locked": locked,
}
