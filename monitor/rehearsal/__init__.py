"""A rehearsal of the watch on loopback: replica web sites, a mailbox, a webhook receiver and a script of three days."""
