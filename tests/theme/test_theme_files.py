"""What every page loads."""

from theme.files import joined


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
