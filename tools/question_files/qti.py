"""QTI 2.1: a package of questions for Canvas, Blackboard, OpenOlat and others.

The format: IMS Question & Test Interoperability 2.1, *Assessment Test, Section and Item
Information Model*; its packages are those of IMS Content Packaging 1.1.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as ET

from nnbook.messages import LANGUAGES
from question_files.items import Answer, Item, picture

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
SCHEMAS = {
    QTI: "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
    PACKAGE: "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
}
LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
FIRST = (2020, 1, 1, 0, 0, 0)  # the date of all files in the package: equal content, equal file


def qti(items: Iterable[Item], path: Path) -> int:
    """Write the package; return how many items it has."""
    manifest = _root(PACKAGE, "manifest", identifier="nnlib-book")
    metadata = ET.SubElement(manifest, "metadata")
    ET.SubElement(metadata, "schema").text = "QTIv2.1 Package"
    ET.SubElement(metadata, "schemaversion").text = "1.0.0"
    ET.SubElement(manifest, "organizations")
    resources = ET.SubElement(manifest, "resources")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:

        def put(name: str, content: bytes) -> None:
            package.writestr(zipfile.ZipInfo(name, FIRST), content, zipfile.ZIP_DEFLATED)

        for item in items:
            file = f"items/{item.name}.xml"
            resource = ET.SubElement(
                resources,
                "resource",
                identifier=f"res-{item.name}",
                type="imsqti_item_xmlv2p1",
                href=file,
            )
            ET.SubElement(resource, "file", href=file)
            put(file, _bytes(_item(item)))
            if item.panels:
                image = f"items/{item.name}.png"
                ET.SubElement(resource, "file", href=image)
                put(image, picture(item))
        put("imsmanifest.xml", _bytes(manifest))
    return len(resources)


def _item(item: Item) -> ET.Element:
    root = _root(
        QTI,
        "assessmentItem",
        identifier=item.name,
        title=item.name,
        adaptive="false",
        timeDependent="false",
    )
    root.set(LANGUAGE, LANGUAGES[item.language].tag)
    root.append(_response(item))
    for name, kind in (("SCORE", "float"), ("FEEDBACK", "identifier")):
        ET.SubElement(
            root, "outcomeDeclaration", identifier=name, cardinality="single", baseType=kind
        )
    body = ET.SubElement(root, "itemBody")
    body.extend(_parsed(item.stem))
    if item.panels:
        paragraph = ET.SubElement(body, "p")
        ET.SubElement(paragraph, "img", src=f"{item.name}.png", alt=item.alt)
    if item.options:
        asked = ET.SubElement(
            body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="true", maxChoices="1"
        )
        for option in item.options:
            choice = ET.SubElement(asked, "simpleChoice", identifier=option.name)
            _inline(choice, option.text)
    else:
        paragraph = ET.SubElement(body, "p")
        ET.SubElement(paragraph, "textEntryInteraction", responseIdentifier="RESPONSE")
    root.append(_processing(item))
    for judged in (*item.options, *item.answers):
        feedback = ET.SubElement(
            root,
            "modalFeedback",
            outcomeIdentifier="FEEDBACK",
            identifier=judged.name,
            showHide="show",
        )
        _inline(ET.SubElement(feedback, "p"), judged.feedback)
    return root


def _response(item: Item) -> ET.Element:
    right = next(judged for judged in (*item.options, *item.answers) if judged.right)
    declared = ET.Element(
        "responseDeclaration",
        identifier="RESPONSE",
        cardinality="single",
        baseType="identifier" if item.options else "float",
    )
    correct = ET.SubElement(declared, "correctResponse")
    value = f"{right.number:.9g}" if isinstance(right, Answer) else right.name
    ET.SubElement(correct, "value").text = value
    return declared


def _processing(item: Item) -> ET.Element:
    """Each option or interval has its feedback; only what is right scores."""
    processing = ET.Element("responseProcessing")
    condition = ET.SubElement(processing, "responseCondition")
    for number, judged in enumerate((*item.options, *item.answers)):
        case = ET.SubElement(condition, "responseIf" if number == 0 else "responseElseIf")
        if isinstance(judged, Answer):
            test = ET.SubElement(
                case,
                "equal",
                toleranceMode="absolute",
                tolerance=f"{judged.tolerance:.9g} {judged.tolerance:.9g}",
            )
            kind, value = "float", f"{judged.middle:.9g}"
        else:
            test = ET.SubElement(case, "match")
            kind, value = "identifier", judged.name
        ET.SubElement(test, "variable", identifier="RESPONSE")
        ET.SubElement(test, "baseValue", baseType=kind).text = value
        for outcome, base, result in (
            ("SCORE", "float", "1" if judged.right else "0"),
            ("FEEDBACK", "identifier", judged.name),
        ):
            told = ET.SubElement(case, "setOutcomeValue", identifier=outcome)
            ET.SubElement(told, "baseValue", baseType=base).text = result
    return processing


def _root(namespace: str, name: str, **attributes: str) -> ET.Element:
    root = ET.Element(name, {"xmlns": namespace, **attributes})
    root.set(LOCATION, f"{namespace} {SCHEMAS[namespace]}")
    return root


def _parsed(text: str) -> list[ET.Element]:
    return list(ET.fromstring(f"<div>{text}</div>"))


def _inline(parent: ET.Element, text: str) -> None:
    """Put HTML into an element."""
    part = ET.fromstring(f"<div>{text}</div>")
    parent.text = part.text
    parent.extend(part)


def _bytes(root: ET.Element) -> bytes:
    ET.register_namespace("xsi", LOCATION[1:].partition("}")[0])
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)
