"""Check the file of a case without the portal: Python 3.8 or newer, nothing else, no network.

    python3 check.py                     in the folder where the file was unpacked
    python3 check.py CASE.zip            or on the file itself, with a check.py that you trust
    python3 check.py CASE.zip --root-sha256 FINGERPRINT

It recomputes the hash of every member and of every event, and prints one line for each thing. Exit code 0: all of it
is what was exported. 1: something was altered, is missing or was added; the lines that begin with BAD name it.
What stands at the end is for you: compare the root's fingerprint with the one that the authority publishes.
"""

from __future__ import annotations

import argparse
import base64
import collections
import hashlib
import json
import sys
import zipfile
from pathlib import Path

MANIFEST, SIGNATURE, SEAL, ROOT, EXPORT_EVENT = (
    "manifest.json", "manifest.sig", "seal.pem", "root.pem", "export-event.json",
)  # fmt: skip
BESIDE = (MANIFEST, SIGNATURE, SEAL, ROOT, EXPORT_EVENT)
EVENTS = "audit/events.jsonl"

# The curve NIST P-256, which portals that make their own keys use.
P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
P256_KEY = bytes.fromhex("06082a8648ce3d03010703420004")


class Folder:
    """An unpacked file."""

    def __init__(self, path):
        self.path = path

    def names(self):
        return sorted(str(each.relative_to(self.path).as_posix()) for each in self.path.rglob("*") if each.is_file())

    def chunks(self, name):
        with open(str(self.path / name), "rb") as source:
            while True:
                chunk = source.read(1 << 20)
                if not chunk:
                    return
                yield chunk


class Archive(Folder):
    """The file as it was handed out."""

    def __init__(self, path):
        super().__init__(path)
        self.zip = zipfile.ZipFile(str(path))

    def names(self):
        return self.zip.namelist()

    def chunks(self, name):
        with self.zip.open(name) as source:
            while True:
                chunk = source.read(1 << 20)
                if not chunk:
                    return
                yield chunk


class Report:
    """One line per thing."""

    def __init__(self):
        self.bad = 0

    def ok(self, thing, words):
        print(f"OK   {thing}: {words}")

    def wrong(self, thing, words):
        self.bad += 1
        print(f"BAD  {thing}: {words}")

    def note(self, words):
        print(f"     {words}")


def read(source, name):
    return b"".join(source.chunks(name))


def sha256_of(source, name):
    digest = hashlib.sha256()
    for chunk in source.chunks(name):
        digest.update(chunk)
    return digest.hexdigest()


def event_sha256(event):
    """As the portal takes it: over canonical JSON of all that the event says, the hash before it included."""
    said = {name: event[name] for name in ("sequence", "name", "at", "clock", "actor", "subject", "facts", "previous")}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def check_export_event(source, names, report):
    """The event under which the portal recorded the export; ``None`` where it cannot be relied on."""
    if EXPORT_EVENT not in names:
        report.wrong(EXPORT_EVENT, "missing")
        return None
    try:
        event = json.loads(read(source, EXPORT_EVENT).decode("utf-8"))
        is_itself = event_sha256(event) == event["sha256"]
        recorded = json.loads(event["facts"])["manifest_sha256"]
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile):
        report.wrong(EXPORT_EVENT, "altered: it cannot be read as an event")
        return None
    if not is_itself:
        report.wrong(EXPORT_EVENT, "altered: event {} is not what was recorded".format(event["sequence"]))
        return None
    report.ok(EXPORT_EVENT, "event {} {} holds".format(event["sequence"], event["name"]))
    return recorded


def check_manifest(source, names, report, recorded):
    """The manifest, or ``None`` where it cannot be read."""
    if MANIFEST not in names:
        report.wrong(MANIFEST, "missing")
        return None
    try:
        content = read(source, MANIFEST)
    except zipfile.BadZipFile:
        report.wrong(MANIFEST, "damaged")
        return None
    if recorded is not None and hashlib.sha256(content).hexdigest() != recorded:
        report.wrong(MANIFEST, "altered: it is not the manifest that the export recorded")
    elif recorded is not None:
        report.ok(MANIFEST, "is the one that the export recorded")
    check_signature(source, names, report, content)
    try:
        manifest = json.loads(content.decode("utf-8"))
        [manifest[name] for name in ("members", "events", "proofs", "problems", "view", "claim")]
    except (ValueError, KeyError, TypeError):
        report.wrong(MANIFEST, "cannot be read as a manifest")
        return None
    return manifest


def check_signature(source, names, report, content):
    missing = [name for name in (SIGNATURE, SEAL, ROOT) if name not in names]
    for name in missing:
        report.wrong(name, "missing")
    if missing:
        return
    try:
        seal, root = der_of(read(source, SEAL)), der_of(read(source, ROOT))
        signature = read(source, SIGNATURE)
        key, root_key = p256_key_in(seal), p256_key_in(root)
        if key is None or root_key is None:
            report.note(f"{SIGNATURE}: not checked here, the key is not on the curve P-256; see the end")
            return
        signed_part, issued_with = parts_of_certificate(seal)
        if is_signature(root_key, issued_with, signed_part):
            report.ok(SEAL, "was issued under root.pem")
        else:
            report.wrong(SEAL, "altered: it was not issued under root.pem, or root.pem was altered")
        if is_signature(key, signature, content):
            report.ok(SIGNATURE, "the key in seal.pem signed this manifest")
        else:
            report.wrong(SIGNATURE, "the key in seal.pem did not sign this manifest: manifest or signature was altered")
    except (ValueError, IndexError, zipfile.BadZipFile):
        report.wrong(SIGNATURE, "signature or certificates were altered: they cannot be read")


def check_members(source, names, report, manifest):
    members = manifest["members"]
    for name in sorted(set(names) - set(members) - set(BESIDE)):
        report.wrong(name, "added: the manifest does not know it")
    for name in sorted(name for name, times in collections.Counter(names).items() if times > 1):
        report.wrong(name, "added: it stands in the file twice")
    actual = {}
    for name in sorted(members):
        if name not in names:
            report.wrong(name, "missing")
            continue
        try:
            actual[name] = sha256_of(source, name)
        except (zipfile.BadZipFile, EOFError, OSError):
            report.wrong(name, "damaged: it cannot be read")
            continue
        if actual[name] == members[name]["sha256"]:
            report.ok(name, "as exported")
        else:
            report.wrong(name, f"altered: its SHA-256 is {actual[name]}")
    return actual


def check_events(source, names, report, manifest):
    """Every event by number and name; the events that hold, by number."""
    if EVENTS not in names:
        return {}
    try:
        lines = read(source, EVENTS).decode("utf-8", "replace").splitlines()
    except zipfile.BadZipFile:
        return {}
    listed = dict(manifest["events"])
    found, held, before = set(), {}, None
    for number, line in enumerate(lines, start=1):
        try:
            event = json.loads(line)
            sequence, name = event["sequence"], "event {} {}".format(event["sequence"], event["name"])
            is_withheld = event.get("withheld") is True
            is_itself = is_withheld or event_sha256(event) == event["sha256"]
        except (ValueError, KeyError, TypeError, AttributeError):
            report.wrong(f"{EVENTS} line {number}", "altered: it cannot be read as an event")
            continue
        if sequence in found:
            report.wrong(name, "added: it stands in the file twice")
            continue
        found.add(sequence)
        if sequence not in listed:
            report.wrong(name, "added: the manifest does not know it")
        elif not is_itself or event["sha256"] != listed[sequence]:
            report.wrong(name, "altered: it is not what was recorded")
        elif before and before["sequence"] + 1 == sequence and before["sha256"] != event["previous"]:
            report.wrong(name, "does not link to the event before it")
        else:
            report.ok(name, "its hash alone stands here: the officials' own" if is_withheld else "as recorded")
            held[sequence] = event
        before = event
    for sequence in sorted(set(listed) - found):
        report.wrong(f"event {sequence}", "missing")
    return held


def check_proofs(report, manifest, actual, held):
    """Documents against the events that recorded their hash when they came in: older than this file."""
    for proof in manifest["proofs"]:
        event, sha256 = held.get(proof["event"]), actual.get(proof["member"])
        if event is None or sha256 is None:
            continue
        if sha256 in event.get("facts", ""):
            report.ok(proof["member"], "event {} recorded this hash".format(proof["event"]))
        else:
            report.wrong(proof["member"], "altered: event {} recorded another hash".format(proof["event"]))


def der_of(pem):
    lines = pem.decode("ascii").strip().splitlines()
    if lines[0] != "-----BEGIN CERTIFICATE-----" or lines[-1] != "-----END CERTIFICATE-----":
        raise ValueError("not a certificate")
    return base64.b64decode("".join(lines[1:-1]), validate=True)


def p256_key_in(certificate):
    """The public key's point, or ``None`` where the certificate bears a key of another kind."""
    at = certificate.find(P256_KEY)
    if at < 0:
        return None
    point = certificate[at + len(P256_KEY) :][:64]
    x, y = int.from_bytes(point[:32], "big"), int.from_bytes(point[32:], "big")
    if (y * y - (x * x * x - 3 * x + 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B)) % P:
        raise ValueError("not a point of the curve")
    return x, y


def element_at(der, at):
    """Where the content of a DER element begins, and where it ends."""
    length, begins = der[at + 1], at + 2
    if length & 0x80:
        count = length & 0x7F
        length, begins = int.from_bytes(der[begins : begins + count], "big"), begins + count
    if begins + length > len(der):
        raise ValueError("cut off")
    return begins, begins + length


def parts_of_certificate(der):
    """What was signed, and the signature over it (the bit string's first octet counts unused bits)."""
    start, _ = element_at(der, 0)
    _, end = element_at(der, start)
    _, after_algorithm = element_at(der, end)
    begins, ends = element_at(der, after_algorithm)
    return der[start:end], der[begins + 1 : ends]


def is_signature(key, signature, content):
    """ECDSA over SHA-256."""
    begins, ends = element_at(signature, 0)
    first, middle = element_at(signature, begins)
    second, last = element_at(signature, middle)
    r, s = int.from_bytes(signature[first:middle], "big"), int.from_bytes(signature[second:last], "big")
    if not (0 < r < N and 0 < s < N) or last != ends or ends != len(signature):
        return False
    inverse = pow(s, N - 2, N)
    digest = int.from_bytes(hashlib.sha256(content).digest(), "big")
    point = added(multiplied(digest * inverse % N, G), multiplied(r * inverse % N, key))
    return point is not None and point[0] % N == r


def added(one, other):
    if one is None or other is None:
        return one or other
    if one[0] == other[0]:
        if (one[1] + other[1]) % P == 0:
            return None
        slope = (3 * one[0] * one[0] - 3) * pow(2 * one[1], P - 2, P) % P
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], P - 2, P) % P
    x = (slope * slope - one[0] - other[0]) % P
    return x, (slope * (one[0] - x) - one[1]) % P


def multiplied(times, point):
    result = None
    while times:
        if times & 1:
            result = added(result, point)
        point, times = added(point, point), times >> 1
    return result


def check(source, root_sha256):
    report, names = Report(), list(source.names())
    recorded = check_export_event(source, names, report)
    manifest = check_manifest(source, names, report, recorded)
    if manifest is not None:
        try:
            follow(source, names, report, manifest)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            report.wrong(MANIFEST, f"altered: it cannot be followed to its end ({error})")
    fingerprint = fingerprint_of(source, names, ROOT)
    if root_sha256 and root_sha256.replace(":", "").lower() != fingerprint:
        report.wrong(ROOT, "its SHA-256 is not the one that you gave")
    tell_the_rest(report, manifest, fingerprint)
    return report.bad


def follow(source, names, report, manifest):
    for name, sha256 in sorted(manifest["certificates"].items()):
        if name in names and sha256_of(source, name) == sha256:
            report.ok(name, "is the one that the manifest names")
        elif name in names:
            report.wrong(name, "altered: it is not the one that the manifest names")
    actual = check_members(source, names, report, manifest)
    held = check_events(source, names, report, manifest)
    check_proofs(report, manifest, actual, held)
    for problem in manifest["problems"]:
        report.wrong("found at export", problem)


def fingerprint_of(source, names, name):
    try:
        return hashlib.sha256(der_of(read(source, name))).hexdigest() if name in names else "missing"
    except (ValueError, IndexError, zipfile.BadZipFile):
        return "not readable"


def tell_the_rest(report, manifest, fingerprint):
    print()
    if manifest is not None:
        report.note("Claim {}, as the {} may see it.".format(manifest["claim"], manifest["view"]))
    report.note(f"The root in this file has the SHA-256 {fingerprint}.")
    report.note("Compare it with the one that the authority publishes: whoever makes up a file brings a root too.")
    report.note("The signature with another tool, in a folder next to the unpacked file:")
    report.note("  openssl x509 -in FILE/seal.pem -pubkey -noout > key.pem")
    report.note("  openssl dgst -sha256 -verify key.pem -signature FILE/manifest.sig FILE/manifest.json")
    report.note("  openssl verify -CAfile FILE/root.pem FILE/seal.pem")
    report.note("The authority's own record: manage.py verify_audit --checkpoint audit/checkpoint.json")
    print("ALL OF IT IS AS EXPORTED" if not report.bad else f"{report.bad} THINGS ARE NOT AS EXPORTED")


def main():
    parser = argparse.ArgumentParser(description="Check the file of a case.")
    parser.add_argument("file", nargs="?", type=Path, default=Path(__file__).resolve().parent, help="file or folder")
    parser.add_argument("--root-sha256", default="", help="fingerprint of the root that the authority publishes")
    asked = parser.parse_args()
    try:
        source = Folder(asked.file) if asked.file.is_dir() else Archive(asked.file)
    except (OSError, zipfile.BadZipFile) as error:
        print(f"BAD  {asked.file}: cannot be read: {error}")
        return 1
    return 1 if check(source, asked.root_sha256) else 0


if __name__ == "__main__":
    sys.exit(main())
