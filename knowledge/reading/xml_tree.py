"""XML bytes -> a tree, with nothing fetched, no entity expanded and no depth that no document has."""

from lxml import etree

from knowledge.errors import UnreadableFile


def parsed_xml(data: bytes, name: str) -> etree._Element:
    """The root of an XML document without comments; raises UnreadableFile for a broken one or a trap."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,  # libxml2 refuses depth beyond 256 and names beyond reason
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        if reason.startswith("unknown error"):  # what libxml2 says where it gets no more memory
            raise MemoryError from error
        raise UnreadableFile(
            f"{name} is no sound XML ({reason}): save or download it again.",
            f"{name} 的 XML 不完整：请重新保存或下载。",
        ) from error
    document_type = root.getroottree().docinfo.internalDTD
    if document_type is not None and any(True for _ in document_type.iterentities()):
        raise UnreadableFile(
            f"{name} defines entities of its own, which are not expanded: save it without a DTD.",
            f"{name} 自定义了实体，本程序不予展开：请去掉 DTD 后保存。",
        )
    return root


def local_name(element: etree._Element) -> str:
    """An element's name in small letters without its namespace, "" for what is no element."""
    return str(etree.QName(element).localname).lower() if isinstance(element.tag, str) else ""
