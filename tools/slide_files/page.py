"""The slides of a page of the built site: its path, what folds away left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from bs4.element import Tag

from slide_files.asked import asked, live
from slide_files.prose import cleaned, ending, ends, inner, joined, length, opening, sentences
from slide_files.slide import Slide, Words, chunks

LEAD = 230  # letters of what a section begins with, and of what leads to a formula
POINT = 250  # letters of a point
LIST = 620  # letters of a list that one slide holds
ROWS, WIDE = 10, 110  # lines of a table that one slide holds, and the letters of such a line
ALIGNED = 5  # lines of a formula that leave no room for words
STATEMENT = 24  # letters that bold words have at least if they are a sentence to show


@dataclass
class Reader:
    """Goes through a page, and writes slides.

    Attributes
    ----------
    waiting : list of Tag
        Prose since the last slide: the next one may begin with its end, and has it in the notes.
    heading : str
        Of the section that is being read.
    """

    words: Words
    language: str
    slides: list[Slide] = field(default_factory=list)
    waiting: list[Tag] = field(default_factory=list)
    heading: str = ""

    def add(self, slide: Slide) -> None:
        """Take a slide; the prose before it goes into its notes."""
        slide.notes += [str(cleaned(part)) for part in self.waiting]
        self.waiting = []
        self.slides.append(slide)

    def finish(self) -> None:
        """Give the prose that no slide follows to the last one."""
        if self.slides:
            self.slides[-1].notes += [str(cleaned(part)) for part in self.waiting]
        self.waiting = []

    def lead(self) -> str:
        """Return the end of the prose that leads to a slide."""
        last = self.waiting[-1] if self.waiting else None
        if last is None or last.name != "p":
            return ""
        begins = self.slides[-1].kind == "section" and len(self.waiting) == 1
        return f'<p class="lead">{ending(sentences(last), 0 if begins else LEAD)}</p>'

    def section(self, section: Tag) -> None:
        """Read a section: its title with what it begins with, then what it shows."""
        title = section.find(["h2", "h3"], recursive=False)
        if not isinstance(title, Tag):
            return  # a second reading folds into its title
        self.finish()
        self.heading = inner(title)
        first = section.find("p", recursive=False)
        parts = sentences(first) if isinstance(first, Tag) else []
        lead = opening([part for part in parts if ends(part) not in ":："], LEAD)
        self.add(Slide(kind="section", heading=self.heading, body=f"<p>{lead}</p>"))
        own = str(section.get("id", ""))
        if own in {"summary", "common-mistakes"}:
            self.slides.pop()
        if own == "exercises":
            self.exercises(section)
            return
        for child in section.find_all(recursive=False):
            self.part(child)
        self.finish()

    def part(self, part: Tag) -> None:
        """Read a part of a section."""
        classes = {*part.get_attribute_list("class")}
        figure = part if part.name == "figure" else part.select_one(".cell_output figure")
        if part.name == "section":
            heading = self.heading
            self.section(part)
            self.heading = heading
        elif part.name == "p":
            self.paragraph(part)
        elif part.name in {"ul", "ol"}:
            self.points(part)
        elif "admonition" in classes and part.name == "div":
            self.box(part)
        elif "math" in classes and part.select_one(".eqno"):
            lead = self.lead() if len(part.find_all("mtr")) <= ALIGNED else ""
            body = f'{lead}<div class="stage">{cleaned(part)}</div>'
            self.add(Slide(kind="formula", heading=self.heading, body=body))
        elif figure is not None and part.name != "details":
            self.figure(figure)
        elif part.name == "div" and (widget := part.select_one(".nn-figure")):
            body = self.lead() + live(widget)
            self.add(Slide(kind="live", heading=self.heading, body=body))
        elif part.name == "table" and part.caption:
            self.table(part)

    def paragraph(self, paragraph: Tag) -> None:
        """Read a paragraph; one that begins with a sentence in bold becomes a slide."""
        self.waiting.append(paragraph)
        first, *others = sentences(paragraph) or [""]
        begins = paragraph.contents[0] if paragraph.contents else None
        if (
            isinstance(begins, Tag)
            and begins.name == "strong"
            and length(first) >= STATEMENT
            and inner(begins)[-1:] in ".。"
        ):
            said = f'<p class="said">{inner(begins)}</p><p>{opening(others, LEAD)}</p>'
            self.add(Slide(kind="statement", heading=self.heading, body=said))

    def points(self, points: Tag) -> None:
        """Read a list: as many slides as it needs. Of a long point there is what it begins with."""
        listed = points.find_all("li", recursive=False)
        items = [shortened(item) for item in listed]
        lead, number, first = self.lead(), 1, len(self.slides)
        for part in chunks(items, [length(item) + 30 for item in items], LIST):
            lines = "".join(f"<li>{item}</li>" for item in part)
            start = f' start="{number}"' if number > 1 else ""
            body = f"{lead}<{points.name}{start}>{lines}</{points.name}>"
            self.add(Slide(kind="points", heading=self.heading, body=body))
            lead, number = "", number + len(part)
        if items != [*map(inner, listed)]:
            self.slides[first].notes.append(str(cleaned(points)))

    def box(self, box: Tag) -> None:
        """Read a box that asks: a prediction, or things to try, which are the speaker's."""
        slides = asked(box, self.heading, self.words, self.language)
        for slide in slides:
            self.add(slide)
        if not slides:
            self.waiting.append(box)
        for child in box.select(":scope > .held > :not(summary)"):
            self.part(child)

    def figure(self, figure: Tag) -> None:
        """Read a figure: what moves stays alive, a picture is as large as the slide."""
        widget, caption = figure.select_one(".nn-figure"), figure.find("figcaption")
        told = caption_of(caption) if isinstance(caption, Tag) else ("", "")
        body = live(widget) if widget else f'<div class="stage">{pictures(figure)}</div>'
        body += f'<p class="caption">{told[0]}</p>'
        slide = Slide(kind="live" if widget else "picture", heading=self.heading, body=body)
        if told[1]:
            slide.notes.append(f"<p>{told[1]}</p>")
        self.add(slide)

    def table(self, table: Tag) -> None:
        """Read a table with a number: as many slides as its rows need."""
        told = caption_of(table.caption) if table.caption else ("", "")
        made = cleaned(table)
        head = str(made.thead) if made.thead else ""
        rows = [str(row) for row in (made.tbody or made).find_all("tr")]
        for part in chunks(rows, [1 + length(row) // WIDE for row in rows], ROWS):
            body = (
                f'<div class="stage"><table>{head}<tbody>{"".join(part)}</tbody></table></div>'
                f'<p class="caption">{told[0]}</p>'
            )
            self.add(Slide(kind="table", heading=self.heading, body=body))

    def exercises(self, section: Tag) -> None:
        """Read the exercises of the path: a list of their titles."""
        self.slides.pop()
        for minutes in section.select(".minutes"):
            minutes.decompose()
        titles = [
            inner(title)
            for title in section.select(".exercise > .admonition-title")
            if not title.find_parent("details")
        ]
        for part in chunks(titles, [1] * len(titles), 8):
            lines = "".join(f"<li>{title}</li>" for title in part)
            body = f'<ul class="titles">{lines}</ul>'
            self.add(Slide(kind="points", heading=self.heading, body=body))


def shortened(item: Tag) -> str:
    """Return a point as far as a slide has room for it."""
    paragraph = item.find("p", recursive=False)
    source = paragraph if isinstance(paragraph, Tag) else item
    if source.find(["ul", "ol", "pre", "div"]):
        return inner(item)
    return opening(sentences(source), POINT)


def caption_of(caption: Tag) -> tuple[str, str]:
    """Return a caption for a slide and, if that leaves something out, the whole of it."""
    number, text = caption.select_one(".caption-number"), caption.select_one(".caption-text")
    parts = sentences(text) if text else []
    short = opening(parts, LEAD)
    begin = f"<b>{inner(number)}</b> " if number else ""
    return begin + short, "" if short == joined(parts) else begin + joined(parts)


def pictures(figure: Tag) -> str:
    """Return the picture for each color scheme."""
    return "".join(str(cleaned(image)) for image in figure.find_all("img"))


def slides_of(article: Tag, words: Words, language: str) -> list[Slide]:
    """Return the slides of a page: its title, what one learns, its sections."""
    whole = article.find("section")
    assert isinstance(whole, Tag)
    title = whole.find("h1")
    assert isinstance(title, Tag)
    facts = whole.find("p", class_="facts", recursive=False)
    for link in facts.select(".practice-link") if isinstance(facts, Tag) else ():
        link.decompose()
    reader = Reader(words, language)
    reader.add(
        Slide(
            kind="title",
            heading=inner(title),
            body="",
            notes=[f"<p>{inner(facts)}</p>"] if isinstance(facts, Tag) else [],
        )
    )
    about = [part for part in whole.find_all("p", recursive=False) if not part.get("class")]
    if about:
        body = "".join(f"<p>{inner(part)}</p>" for part in about)
        reader.add(Slide(kind="points", heading=words["objectives"], body=body))
    for section in whole.find_all("section", recursive=False):
        reader.section(section)
    return reader.slides
