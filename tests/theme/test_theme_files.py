"""What every page loads."""

from theme.files import digests, joined


def test_every_font_of_the_text_is_there_with_its_license(root):
    static = root / "theme/book/static"
    css = (static / "ground.css").read_text(encoding="utf-8")
    named = {part.split(")")[0] for part in css.split("url(fonts/")[1:]}
    assert named == {path.name for path in (static / "fonts").glob("*.woff2")}
    assert "SIL OPEN FONT LICENSE" in (static / "fonts/OFL.txt").read_text(encoding="utf-8")
    assert "GUST Font License" in (static / "fonts/GUST-FONT-LICENSE.txt").read_text("utf-8")


def test_every_quantity_has_a_variable():
    css = joined.css_variables()
    for name, token in joined.load_tokens().items():
        assert f"--nn-{name}: light-dark({token['light']}, {token['dark']});" in css


def test_style_sheets_and_pages_are_stamped_with_what_they_load(tmp_path):
    sheet, page = tmp_path / "_static" / "theme" / "site.css", tmp_path / "index.html"
    sheet.parent.mkdir(parents=True)
    sheet.with_name("text.woff2").write_bytes(b"a font")
    sheet.write_text("@font-face { src: url(text.woff2) } a { background: url(gone.svg) }")
    page.write_text('<link href="_static/theme/site.css">')
    digests.stamp_all(tmp_path, ["index"])
    font = digests.digest(sheet.with_name("text.woff2"))
    assert f"url(text.woff2?v={font})" in sheet.read_text()
    assert "url(gone.svg)" in sheet.read_text()
    assert f'href="_static/theme/site.css?v={digests.digest(sheet)}"' in page.read_text()
