"""ZIP packages (archives, .docx, .xlsx): refused before anything is unpacked when they would fill memory."""

import io
import zipfile
import zlib

from knowledge.errors import UnreadableFile

LARGEST_PART = 40_000_000  # bytes of one part of an office file, unpacked: 3,000 pages have 30 MB
LARGEST_PACKAGE = 500_000_000  # bytes of all parts, unpacked; pictures are most of it
_HIGHEST_RATIO, _RATIO_FROM = 200, 1_000_000  # unpacked to packed bytes; small parts may be any
_MOST_PARTS = 50_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old office files, and new ones behind a password


def open_package(data: bytes, name: str) -> zipfile.ZipFile:
    """A package whose directory promises no more than can be read; raises UnreadableFile for any other."""
    if data.startswith(_OLE):
        raise UnreadableFile(
            f"{name} is encrypted or of an old office format: open it in an office program and save it in "
            "the new format without a password.",
            f"{name} 已加密或为旧版办公格式：请用办公软件打开，取消密码后以新格式保存。",
        )
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise _damaged(name, str(error)) from error
    parts = package.infolist()
    total = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or total > LARGEST_PACKAGE:
        raise UnreadableFile(
            f"{name} would unpack to {total / 1e6:.0f} MB in {len(parts)} parts, more than the "
            f"{LARGEST_PACKAGE / 1e6:.0f} MB in {_MOST_PARTS} parts that are read: split it.",
            f"{name} 解压后共 {len(parts)} 个部分、{total / 1e6:.0f} MB，超过可读取的 {_MOST_PARTS} 个部分、"
            f"{LARGEST_PACKAGE / 1e6:.0f} MB：请拆分。",
        )
    return package


def part_bytes(package: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, most: int = LARGEST_PART) -> bytes:
    """The bytes of one part; raises UnreadableFile when it is damaged, encrypted or expands too far.

    `zipfile` stops at the size that the directory promises, so what is checked here is what is unpacked.
    """
    if part.file_size > most:
        raise UnreadableFile(
            f"{name} expands to {part.file_size / 1e6:.0f} MB ({part.filename[:80]}), more than the "
            f"{most / 1e6:.0f} MB that are read: split it into smaller files.",
            f"{name} 解压后为 {part.file_size / 1e6:.0f} MB（{part.filename[:80]}），超过可读取的 "
            f"{most / 1e6:.0f} MB：请拆分为较小的文件。",
        )
    if part.file_size > max(_RATIO_FROM, _HIGHEST_RATIO * part.compress_size):
        raise UnreadableFile(
            f"{name} expands to more than {_HIGHEST_RATIO} times its size, as no document does: "
            "save the document again with an office program.",
            f"{name} 解压后超过原大小的 {_HIGHEST_RATIO} 倍，不像正常文件：请用办公软件重新保存。",
        )
    if part.flag_bits & 1:
        raise UnreadableFile(
            f"{name} is encrypted: save it without a password.", f"{name} 已加密：请取消密码后重新保存。"
        )
    try:
        with package.open(part) as stream:
            data = stream.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise _damaged(name, str(error)) from error
    except RuntimeError as error:  # zipfile's word for a password that is missing
        raise UnreadableFile(
            f"{name} is encrypted: save it without a password.", f"{name} 已加密：请取消密码后重新保存。"
        ) from error
    if len(data) > most:
        raise UnreadableFile(
            f"{name} expands further than it says: save the document again.",
            f"{name} 解压后超过其声明的大小：请重新保存该文件。",
        )
    return data


def _damaged(name: str, reason: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name} is damaged ({reason or 'it cannot be unpacked'}): save or download it again.",
        f"{name} 已损坏：请重新保存或下载。",
    )
