"""Modules made one script: each once, after what it needs, and nothing of another form."""

import pytest

from deploy.one_script import one_script


def modules(folder, **texts):
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text)
    return folder


def test_a_module_comes_once_and_after_what_it_needs(tmp_path):
    folder = modules(
        tmp_path,
        a='import { b } from "./b.js";\nimport {\n  c,\n} from "./c.js";\nexport const a = b + c;\n',
        b='import { c as other } from "./c.js";\nconst own = 1;\nexport const b = other + own;\n',
        c="const own = 2;\nexport function c() {\n  return own;\n}\n",
    )
    script = one_script(folder, ["a"])
    assert [script.count(f"const from_{name} = ") for name in "abc"] == [1, 1, 1]
    assert script.index("from_c = ") < script.index("from_b = ") < script.index("from_a = ")
    assert "const { c: other } = from_c;" in script
    assert "import" not in script
    assert "export" not in script


@pytest.mark.parametrize(
    "text",
    [
        'import a from "./b.js";\n',
        'import * as a from "./b.js";\n',
        "export default 1;\n",
        "export let a = 1;\n",
        "const a = 1;\nexport { a };\n",
        'import "./b.js";\n',
    ],
)
def test_what_is_of_another_form_is_refused(tmp_path, text):
    with pytest.raises(ValueError, match=r"a\.js"):
        one_script(modules(tmp_path, a=text, b=""), ["a"])


def test_a_ring_and_an_element_that_would_end_are_refused(tmp_path):
    folder = modules(tmp_path, a='import { b } from "./b.js";\n', b='import { a } from "./a.js";\n', c='"</script>";\n')
    with pytest.raises(ValueError, match="a → b → a"):
        one_script(folder, ["a"])
    with pytest.raises(ValueError, match="end its own element"):
        one_script(folder, ["c"])
