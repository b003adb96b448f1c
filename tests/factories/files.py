"""Files that people upload, good and hostile, made on the spot."""

from __future__ import annotations

import io
import zipfile

import pikepdf

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 200
OLE2 = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600


def pdf(**options: object) -> bytes:
    """A one-page PDF; ``script``, ``launch`` or ``password`` make it hostile or closed."""
    document = pikepdf.Pdf.new()
    document.add_blank_page()
    if options.get("script"):
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    if options.get("launch"):
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    target = io.BytesIO()
    password = options.get("password")
    encryption = pikepdf.Encryption(owner=str(password), user=str(password)) if password else None
    document.save(target, encryption=encryption)
    return target.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return target.getvalue()


def bomb() -> bytes:
    """A small file that unpacks to 300 MB."""
    return archive({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"0" * (300 * 1024 * 1024)})


def with_macros() -> bytes:
    return archive({"xl/workbook.xml": b"<workbook/>", "xl/vbaProject.bin": b"macro"})
