"""Captures that show the item, and pages that came in its place: own examples for the common networks and walls."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.ledger.quality import GOOD_FROM, CaptureFacts, judge_capture
from monitor.ledger.walls import walls

HTML = "text/html; charset=utf-8"
ITEM = """La Policía rescató el martes a catorce mujeres que eran explotadas en bares de La Rinconada, en Puno.
Tres personas fueron detenidas. En 2023 la Policía registró 612 víctimas de trata de personas en todo el país."""
NOTICE = (
    "En 2023 la Fiscalía recibió 612 denuncias por trata de personas en el Perú. El informe se presentó ayer en Lima."
)
LONG = "\n".join([ITEM, "La fiscalía de la región abrió una investigación y pidió más apoyo para los hogares."] * 12)


def page(title: str, text: str, **facts: object) -> CaptureFacts:
    known = {"content_type": HTML, "size": 40_000, **facts}
    return CaptureFacts(text=text, title=title, **known)  # type: ignore[arg-type]


GOOD = {
    "an article": page("Puno: rescatan a catorce mujeres | Valle Noticias", ITEM),
    "a short notice": page("Denuncias por trata en 2023", NOTICE),
    "a title that is a number": page("404 denuncias por trata en un año", NOTICE),
    "a title that begins like an error": page("500 víctimas rescatadas, 52 detenidos", NOTICE),
    "not found guilty": page("Not found guilty: three walk free in trafficking trial", LONG),
    "access denied in a sentence": page("Shelters: access denied to victims for months", LONG),
    "an article about captchas": page("Cómo engañan a las jóvenes", LONG + "\nEl anuncio decía: «no soy un robot»."),
    "a banner on cookies above a short item": page(
        "Rescate", "We and our partners store and access information on a device.\n" + ITEM
    ),
    "a corner for subscribers beside a short item": page("Rescate", ITEM + "\nAlready a subscriber? Sign in."),
    "a note on scripts below a short item": page("Rescate", ITEM + "\nJavaScript is disabled in your browser."),
    "a newsletter at the end": page("Rescate en Puno", LONG + "\n¿Ya eres suscriptor? Inicia sesión."),
    "behind a network that works": page(
        "Rescate", ITEM, headers={"Server": "cloudflare", "CF-RAY": "8f1a2b3c4d5e6f70-LIM", "CF-Cache-Status": "HIT"}
    ),
    "behind another that works": page(
        "Rescate", ITEM, headers={"X-Cache": "Hit from cloudfront", "X-Amz-Cf-Id": "abc==", "Age": "312"}
    ),
    "a PDF": page("", LONG, content_type="application/pdf"),
    "JSON of an interface": page("Rescate", ITEM, content_type="application/json"),
    "shorter than before, by half": page("Rescate", LONG[:600], text_before=1200),
    "much longer than before": page("Rescate", LONG, text_before=200),
    "no title": page("", ITEM),
    "a shelter in maintenance": page(
        "Albergue en mantenimiento", "El albergue de Cusco cerró por mantenimiento. " + NOTICE
    ),
    "an account that was suspended": page("Cuenta suspendida", "Una red social suspendió la cuenta. " + NOTICE),
    "what is not available in a country": page("Empleos", "Aceptan lo que no está disponible en su país. " + NOTICE),
    "no content type": page("Rescate", ITEM, content_type=""),
}
BAD = {
    "a time-out of the origin": page(
        "Valle Noticias", "Error code 522. The connection between Cloudflare's network and the origin timed out."
    ),
    "a check of the browser": page("", "Powered and protected by Akamai. Please wait while we verify your browser."),
    "a captcha in Spanish": page("Valle", "Para seguir, confirme que no es un robot. Marque la casilla de abajo."),
    "consent with many partners": page(
        "Valle",
        "Nosotros y nuestros 842 socios almacenamos o accedemos a información en un dispositivo. Aceptar todo. "
        "Rechazar todo. Gestionar preferencias.",
    ),
    "a login": page("Valle", "Inicie sesión para ver este contenido. ¿Olvidó su contraseña? Regístrese aquí."),
    "a soft 404 in Spanish": page("Valle", "¡Lo sentimos! El contenido que buscas ya no está disponible en el sitio."),
    "maintenance with status 200": page(
        "Valle", "Our website is currently undergoing scheduled maintenance. Thank you."
    ),
    "a parked domain": page("valle.example", "This domain is for sale. Buy this domain from its owner on our market."),
    "a parked domain in Spanish": page("valle.example", "Este dominio está en venta. Renueve su dominio si es suyo."),
    "a limit of requests in Spanish": page(
        "Valle", "Ha superado el límite de solicitudes. Inténtelo más tarde, por favor."
    ),
    "a waiting room": page("Valle", "Usted está en la fila. Cuando sea su turno tendrá 10 minutos para entrar."),
    "an old browser": page("Valle", "Su navegador no es compatible con este sitio. Use por favor una versión nueva."),
    # Cloudflare
    "a managed challenge": page("Just a moment...", "Enable JavaScript and cookies to continue", status=403),
    "a managed challenge in Spanish": page("Un momento…", "Habilita JavaScript y las cookies para continuar"),
    "a challenge by its header": page(
        "valle.example", "Loading the page for you", headers={"CF-Mitigated": "challenge"}
    ),
    "a block page": page(
        "Attention Required! | Cloudflare",
        "Sorry, you have been blocked. You are unable to access valle.example. Cloudflare Ray ID: 8f1a2b3c4d5e6f70",
    ),
    "a block page with status 200 and the site's title": page(
        "Valle Noticias",
        "You are unable to access valle.example. This website is using a security service to protect itself from "
        "online attacks. Cloudflare Ray ID: 8f1a2b3c4d5e6f70 Performance & security by Cloudflare",
    ),
    "a host error": page(
        "valle.example | 522: Connection timed out", "Error code 522. Web server is down.", status=522
    ),
    "an origin error given as 200": page(
        "valle.example | 521: Web server is down", "The server did not answer. error code: 521"
    ),
    # Akamai
    "Akamai denies": page(
        "Access Denied",
        "You don't have permission to access this page on this server. Reference #18.2f1c1302.1716300000.4b5c6d7e "
        "https://errors.edgesuite.net/18.2f1c1302.1716300000.4b5c6d7e",
    ),
    # CloudFront and AWS
    "CloudFront blocks": page(
        "ERROR: The request could not be satisfied",
        "Request blocked. We can't connect to the server for this app or website at this time. Generated by cloudfront",
        status=403,
    ),
    "AWS asks for a puzzle": page(
        "Human Verification", "Let's confirm you are human", headers={"x-amzn-waf-action": "captcha"}
    ),
    "AWS challenges without words": page("", "Loading", status=202, headers={"X-Amzn-Waf-Action": "challenge"}),
    # Imperva, F5, DataDome, PerimeterX, Sucuri, Fastly, Varnish, Vercel, Anubis
    "Imperva": page("", "Request unsuccessful. Incapsula incident ID: 877000210012345678-123456789012345678"),
    "F5": page(
        "Request Rejected",
        "The requested URL was rejected. Please consult with your administrator. Your support ID is: 12345678901234567",
    ),
    "DataDome": page(
        "valle.example", "Please enable JS and disable any ad blocker", headers={"X-DataDome": "protected"}
    ),
    "a press-and-hold wall": page(
        "Access to this page has been denied", "Press & Hold to confirm you are a human (and not a bot)."
    ),
    "Sucuri": page(
        "Sucuri WebSite Firewall - Access Denied",
        "Block details: Block ID: GEO001",
        headers={"X-Sucuri-Block": "GEO001"},
    ),
    "Fastly": page(
        "Fastly error: unknown domain", "Fastly error: unknown domain valle.example. Details: cache-lim1550-LIM"
    ),
    "Varnish": page(
        "503 Backend fetch failed",
        "Error 503 Backend fetch failed. Guru Meditation: XID: 98123456 Varnish cache server",
    ),
    "a security checkpoint": page("Vercel Security Checkpoint", "We're verifying your browser"),
    "Anubis": page("Making sure you're not a bot!", "Loading... Protected by Anubis. Please wait a moment."),
    "a search engine's doubt": page(
        "https://www.valle.example/buscar", "Our systems have detected unusual traffic from your computer network."
    ),
    # consent, payment
    "a consent wall": page(
        "Before you continue",
        "We and our partners store and access information on a device. Accept all cookies to continue.",
    ),
    "a consent wall under the site's title": page(
        "Valle Noticias",
        "Nosotros y nuestros socios almacenamos datos. Para seguir navegando gratis acepta las cookies.",
    ),
    "a stub before payment": page(
        "Rescatan a catorce mujeres en Puno",
        "La Policía rescató el martes a catorce mujeres. Contenido exclusivo para suscriptores. ¿Ya eres suscriptor?",
    ),
    "an English stub": page(
        "Fourteen women freed in Puno", "Police on Tuesday freed fourteen women. Subscribe to continue reading."
    ),
    # errors given as pages
    "not found with status 200": page(
        "Página no encontrada - Valle Noticias", "Lo sentimos, la página que buscas no existe."
    ),
    "not found in English": page("404 - Page not found | Litoral", "The page you are looking for has moved."),
    "not found under the site's title": page(
        "Litoral", "Lo sentimos, la página que buscas no existe. Puedes volver a la portada o usar el buscador."
    ),
    "a database that is away": page("Database Error", "Error establishing a database connection"),
    "a critical error": page(
        "Valle", "There has been a critical error on this website. Ha habido un error crítico en esta web."
    ),
    "maintenance": page("Sitio en mantenimiento", "Estamos en mantenimiento y estaremos de vuelta mañana."),
    "a plain status": page("Valle", ITEM, status=500),
    "gone": page("Valle", ITEM, status=410),
    "too many requests": page("429 Too Many Requests", "Too many requests", status=429),
    # text
    "empty": page("Rescate", ""),
    "blank": page("Rescate", " \n\t "),
    "cut off": page("Rescate", ITEM, truncated=True),
    "most of the text is gone": page("Rescate", LONG[:400], text_before=1100),
    "an image": page("", "JFIF Exif II Adobe Photoshop some text inside", content_type="image/jpeg"),
    "letters that are none": page(
        "Rescate", "La Polic\ufffda rescat\ufffd a v\ufffdctimas \ufffd \ufffd \ufffd \ufffd en bares"
    ),
}


@pytest.mark.parametrize("facts", GOOD.values(), ids=GOOD.keys())
def test_this_is_the_item(facts: CaptureFacts) -> None:
    verdict = judge_capture(facts)
    assert verdict.good, verdict
    assert verdict.score >= GOOD_FROM


@pytest.mark.parametrize("facts", BAD.values(), ids=BAD.keys())
def test_this_came_in_its_place_and_the_reason_is_said(facts: CaptureFacts) -> None:
    verdict = judge_capture(facts)
    assert not verdict.good, verdict
    assert verdict.score < GOOD_FROM
    assert verdict.reasons


@pytest.mark.parametrize(("length", "good"), [(440, True), (399, False)])
def test_a_page_that_lost_over_sixty_percent_is_bad(length: int, good: bool) -> None:  # noqa: FBT001
    assert judge_capture(page("Rescate", LONG[:length], text_before=1000)).good is good


GIVEN = CaptureFacts(text=NOTICE, document=True)
WALL = "Checking your browser before accessing valle.example"
GIVEN_BAD = {
    "empty": replace(GIVEN, text=" "),
    "a wall by its title": replace(GIVEN, title="Just a moment..."),
    "a wall where an article was": replace(GIVEN, text=WALL, text_before=60),
    "a stub where an article was": replace(GIVEN, text=NOTICE + " Suscríbete para seguir leyendo.", text_before=200),
    "two signs in a first text": replace(GIVEN, text="Verify that you are not a robot. Are you a robot?"),
    "most of the text is gone": replace(GIVEN, text_before=300),
}
GIVEN_GOOD = {
    "a short notice": GIVEN,
    "a few words": replace(GIVEN, text="En 2023 hubo 612 víctimas."),
    "a first text with one sign": replace(GIVEN, text=NOTICE + " Suscríbete para seguir leyendo."),
    "a text that lost a half": replace(GIVEN, text_before=2 * len(NOTICE)),
    "whatever its size and type": replace(GIVEN, content_type="image/png", status=None),
}


@pytest.mark.parametrize("facts", GIVEN_BAD.values(), ids=GIVEN_BAD.keys())
def test_a_given_document_can_be_bad_too(facts: CaptureFacts) -> None:
    assert not judge_capture(facts).good


@pytest.mark.parametrize("facts", GIVEN_GOOD.values(), ids=GIVEN_GOOD.keys())
def test_a_given_document_is_believed(facts: CaptureFacts) -> None:
    assert judge_capture(facts).good


@pytest.mark.parametrize(
    "headers",
    [{"Warning": '110 - "Response is Stale"'}, {"CF-Cache-Status": "STALE"}, {"X-Cache-Status": "STALE"}],
)
def test_an_old_copy_from_a_cache_is_bad_only_where_a_text_is_held(headers: dict[str, str]) -> None:
    assert judge_capture(page("Rescate", ITEM, headers=headers)).good
    assert not judge_capture(page("Rescate", ITEM, headers=headers, text_before=len(ITEM))).good


def test_another_language_than_before_is_bad() -> None:
    held = {"language_before": "es", "text_before": len(ITEM)}
    assert judge_capture(page("Rescate", ITEM, language="es", **held)).good
    assert not judge_capture(page("Rescate", ITEM, language="en", **held)).good
    assert judge_capture(page("Rescate", ITEM, language=None, **held)).good


def test_more_doubts_lower_the_score() -> None:
    one = judge_capture(page("Rescate", ITEM, truncated=True))
    two = judge_capture(page("Rescate", ITEM, truncated=True, status=206))
    assert two.score < one.score < 1


def test_a_bad_capture_without_text_still_says_what_came() -> None:
    verdict = judge_capture(page("Just a moment...", "", status=403))
    assert verdict.reasons[0] == "empty text"
    assert "status 403" in verdict.reasons
    assert any(reason.startswith("bot wall") for reason in verdict.reasons)


def test_the_signs_of_a_wall_are_named_with_their_kind() -> None:
    (found,) = walls("Just a moment...", "")
    assert (found.kind, found.sign, found.in_title) == ("bot wall", "just a moment", True)


def test_hostile_text_is_read_in_bounded_time() -> None:
    text = "Reference #1" * 20_000 + "cache-" + "a" * 50_000 + "Incapsula incident ID: " + "1" * 100_000
    assert judge_capture(page("|" * 10_000 + "." * 10_000, text)).score <= 1
