"""The search of the book: what it finds, and its page. (Its rules: js/test/search.test.js.)"""

import re
from urllib.parse import quote

import pytest
from browsing import Watched
from playwright.sync_api import expect

from nnbook.messages import LANGUAGES

# Query -> places, each with the number of first results that it has to be among. "#": any section.
FIRST = {
    "en": {
        "cross entropy": {"cross_entropy.html": 1, "losses.html#sec-losses-many": 3},
        "crossentropy": {"cross_entropy.html": 1},
        "vanishing gradient": {"activations.html#sec-vanishing": 1},
        "log sum exp": {"softmax.html#sec-softmax-log": 1, "glossary.html#term-log-sum-exp": 2},
        "softmax": {"softmax.html": 1, "glossary.html#term-softmax": 4},
        "soft max": {"softmax.html": 1},
        "relu": {"activations.html#sec-relu": 2, "glossary.html#term-ReLU": 3},
        "leaky relu": {"activations.html#sec-leaky-relu": 2, "glossary.html#term-leaky-ReLU": 3},
        "dead neuron": {"activations.html#sec-dead": 3, "glossary.html#term-dead-neuron": 3},
        "Learning Rates": {"networks.html#sec-network-downhill": 1},
        "rate of learning": {"networks.html#sec-network-downhill": 1},
        "gradient descent": {"gradient_descent.html": 1, "gradient_descent.html#sec-five-steps": 4},
        "gradiant descent": {"gradient_descent.html": 1, "gradient_descent.html#sec-five-steps": 4},
        "backpropogation": {"backpropagation.html": 1},
        "backprop": {"backpropagation.html": 1},
        "standardize": {"glossary.html#term-standardization": 3},
        "softmax_jacobian": {"reference.html#nnlib.softmax_jacobian": 1},
        "nnlib.fit": {"reference.html#nnlib.fit": 1},
        "xor": {
            "networks.html#sec-network-border": 3,
            "glossary.html#term-hidden-layer": 2,
        },
        "test set": {"generalization.html#sec-ce-held-out": 1, "glossary.html#term-test-set": 3},
        "generalization": {"generalization.html#sec-ce-held-out": 1},
        "log loss": {"glossary.html#term-cross-entropy": 3},
        "NLL": {"glossary.html#term-cross-entropy": 3},
        "lr": {"glossary.html#term-learning-rate": 5},
        "fan-in": {"glossary.html#term-initialization": 3},
        "logit": {"glossary.html#term-logit": 3},
        "pytorch": {"next.html#sec-next-libraries": 3},
        "SSR": {"losses.html#sec-losses-ssr": 1, "reference.html#nnlib.ssr": 5},
        "all exercises": {"exercises.html": 1},
        "matrix multiplication": {"refresher.html#sec-refresher-product": 1},
        "numpy": {"refresher.html#sec-refresher-arrays": 1},
        "learning rate": {
            "networks.html#sec-network-downhill": 1,
            "gradient_descent.html#sec-five-steps": 2,
        },
        "iris": {"multiple_outputs.html#sec-multi-data": 1},
        "bias": {"networks.html#sec-neuron": 1},
        "derivative": {"refresher.html#sec-refresher-derivative": 1},
        "not learning": {"diagnosis.html": 1},
        "born dead": {"activations.html#ex-activations-born-dead": 2},
        "反向传播": {"glossary.html#term-backpropagation": 1},
    },
    "zh": {
        "反向传播": {"backpropagation.html": 1},
        "交叉熵": {"cross_entropy.html": 1, "losses.html#sec-losses-many": 4},
        "交叉商": {"cross_entropy.html": 1},
        "梯度消失": {"activations.html#sec-vanishing": 1},
        "死神经元": {"activations.html#sec-dead": 1},
        "什么是死神经元": {"activations.html#sec-dead": 1},
        "隐层": {"networks.html#sec-forward-pass": 2},
        "异或": {"networks.html#sec-network-border": 3},
        "梯度下将": {"gradient_descent.html#sec-five-steps": 2},
        "学习率": {
            "networks.html#sec-network-downhill": 3,
            "gradient_descent.html#sec-five-steps": 4,
        },
        "为什么不学习": {"diagnosis.html": 1},
        "导数": {"refresher.html#sec-refresher-derivative": 1},
        "鸢尾花": {"multiple_outputs.html#sec-multi-data": 1},
        "偏置": {"networks.html#sec-neuron": 1},
        "激活函数": {"activations.html": 1},
        "softmax函数": {"softmax.html#sec-softmax-formula": 2},
        "log sum exp": {"softmax.html#the-logarithm-of-a-probability-by-the-same-trick": 2},
        "温度": {"softmax.html#sec-softmax-temperature": 2},
        "残差": {"losses.html#sec-losses-ssr": 1},
        "笔迹": {"digits.html#": 1},
        "轮": {"gradient_descent.html#": 1},
        "精度": {"glossary.html#": 1},
        "净活性值": {"glossary.html#": 3},
        "lr": {"glossary.html#": 5},
        "Glorot": {"backpropagation.html#": 3},
        "ReLU 折痕": {"multiple_outputs.html#": 3},
        "backpropogation": {"backpropagation.html": 2},
        # What a reader of other Chinese books may type, by the names that those books use.
        "逻辑回归": {"networks.html#sec-network-border": 1, "glossary.html#": 2},
        "逻辑斯谛回归": {"networks.html#sec-network-border": 1},
        "对数几率回归": {"networks.html#sec-network-border": 2},
        "代价函数": {"losses.html#sec-losses-what": 1},
        "目标函数": {"losses.html#sec-losses-what": 2},
        "均方差": {"losses.html#sec-losses-mse": 2},
        "残差平方和": {"losses.html#sec-losses-ssr": 2},
        "最大似然": {"losses.html#sec-losses-likelihood": 1},
        "极大似然": {"losses.html#sec-losses-likelihood": 2},
        "纳特": {"losses.html#sec-losses-likelihood": 2},
        "合页": {"networks.html#sec-network-hinges": 1},
        "铰链函数": {"networks.html#sec-network-hinges": 1},
        "万能逼近定理": {"networks.html#sec-network-hinges": 2},
        "通用近似": {"networks.html#sec-network-hinges": 1},
        "多层感知机": {"networks.html#sec-forward-pass": 4},
        "独热": {"losses.html#sec-losses-many": 2},
        "one-hot": {"glossary.html#": 1, "losses.html#sec-losses-many": 2},
        "归一化": {
            "backpropagation.html#sec-backprop-start": 1,
            "gradient_descent.html#sec-conditioning": 3,
        },
        "批归一化": {"backpropagation.html#sec-backprop-start": 2},
        "残差网络": {"backpropagation.html#sec-backprop-start": 2},
        "何恺明": {"backpropagation.html#sec-backprop-start": 2},
        "Kaiming 初始化": {"backpropagation.html#sec-backprop-start": 2},
        "BP 算法": {"backpropagation.html#": 2},
        "误差逆传播": {"backpropagation.html#": 2},
        "自动求导": {"backpropagation.html#sec-chain-rule": 2},
        "动量": {"gradient_descent.html#sec-momentum-adam": 1},
        "鞍点": {"gradient_descent.html#sec-gd-network": 1},
        "局部最优": {"gradient_descent.html#sec-gd-network": 1},
        "批大小": {"gradient_descent.html#sec-sgd": 1},
        "批量大小": {"gradient_descent.html#sec-sgd": 1},
        "批次大小": {"gradient_descent.html#sec-sgd": 1},
        "迭代周期": {"gradient_descent.html#sec-sgd": 2},
        "回合": {"gradient_descent.html#sec-sgd": 2},
        "学习速率": {"networks.html#sec-network-downhill": 3},
        "泛化": {"generalization.html#sec-ce-held-out": 1},
        "测试集": {"generalization.html#sec-ce-held-out": 1},
        "验证集": {"generalization.html#sec-ce-held-out": 1},
        "过拟合": {"generalization.html#sec-ce-overfitting": 1},
        "正则化": {"generalization.html#sec-ce-decay": 1},
        "超参数": {"generalization.html#sec-ce-decay": 1},
        "交叉验证": {"generalization.html#sec-gen-folds": 1},
        "早停": {"generalization.html#sec-ce-decay": 2},
        "丢弃法": {"generalization.html#sec-ce-decay": 2},
        "暂退法": {"generalization.html#sec-ce-decay": 2},
        "置信度": {"generalization.html#sec-gen-sure": 1},
        "查准率": {"generalization.html#sec-ce-confusion": 1},
        "查全率": {"generalization.html#sec-ce-confusion": 1},
        "混淆矩阵": {"generalization.html#sec-ce-confusion": 1},
        "随机种子": {"digits.html#sec-digits-result": 1},
        "集成学习": {"digits.html#sec-digits-result": 1},
        "手写数字": {"digits.html": 1},
        "卷积": {"pictures.html#sec-pictures-window": 1},
        "卷积核": {"pictures.html#sec-pictures-window": 2},
        "池化": {"pictures.html#sec-pictures-pooling": 1},
        "感受野": {"pictures.html#sec-pictures-pooling": 1},
        "平移不变性": {"pictures.html#sec-pictures-moves": 2},
        "嵌入": {"words.html#sec-words-embedding": 1},
        "词向量": {"words.html#sec-words-embedding": 2},
        "注意力": {"words.html#sec-words-attention": 1},
        "自注意力": {"words.html#sec-words-attention": 2},
        "语言模型": {"words.html#sec-words-windows": 1},
        "大模型": {"words.html#sec-words-large": 1},
        "Transformer": {"words.html#sec-words-large": 1},
        "困惑度": {"words.html#sec-words-hesitate": 1},
        "损失不下降": {"diagnosis.html": 1},
        "不收敛": {"diagnosis.html": 1},
        "GPU": {"next.html#sec-next-left-out": 2},
    },
}
INSTEAD = {
    "en": {
        "gradiant descent": "gradient descent",
        "backpropogation": "backpropagation",
        "soft max": "softmax",
        "crossentropy": "cross entropy",
    },
    "zh": {
        "死神经元": "死亡神经元",
        "什么是死神经元": "死亡神经元",
        "梯度下将": "梯度下降法",
        "交叉商": "交叉熵",
    },
}
EVERYTHING = """(queries) => {
  const index = indexOf(BOOK_PAGES);
  return queries.map((query) => {
    const { hits, instead } = answer(query, index);
    return { instead, addresses: hits.map(({ place }) => place.address.replace("chapters/", "")) };
  });
}"""
ODD = [
    "constructor",
    "__proto__",
    "toString",
    "<img src=x onerror=alert(1)>",
    "%",
    "$&",
    "",
    "gradient " * 300,
    "梯度" * 500,
    "x" * 3000,
]


SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => shifts.push(...list.getEntries().map(({ value }) => value)))
    .observe({ type: "layout-shift", buffered: true });
"""


def search(page, query):
    """Type a query; return the sentence about the answer once it is there."""
    summary = page.locator(".search-summary")
    summary.evaluate("summary => { summary.textContent = ''; }")
    page.locator("article .search-form input").fill(query)
    expect(summary).not_to_be_empty()
    return summary.inner_text()


@pytest.fixture(scope="module", params=list(FIRST))
def edition(request, browser, address):
    """Return an edition, and its search page under watch."""
    watcher = Watched(browser, address)
    watcher.open(address + LANGUAGES[request.param].prefix + "search.html")
    yield request.param, watcher
    watcher.context.close()
    assert watcher.problems == []


def test_the_right_places_come_first(edition):
    language, watcher = edition
    wanted = FIRST[language]
    answers = watcher.page.evaluate(EVERYTHING, list(wanted))
    late = {}
    for (query, places), answer in zip(wanted.items(), answers, strict=True):
        addresses = answer["addresses"]
        for place, among in places.items():
            first = addresses[:among]
            if place not in first and not any(
                place[-1] == "#" and a.startswith(place) for a in first
            ):
                late[query, place] = addresses[:5]
    assert late == {}


def test_mistyped_queries_are_answered_for_what_was_meant(edition):
    language, watcher = edition
    answers = watcher.page.evaluate(EVERYTHING, list(INSTEAD[language]))
    assert [answer["instead"] for answer in answers] == list(INSTEAD[language].values())


def test_every_place_exists(edition, html):
    language, watcher = edition
    folder = html / LANGUAGES[language].folder
    places = watcher.page.evaluate("indexOf(BOOK_PAGES).places.map(({ address }) => address)")
    assert len(places) == len(set(places)) > 500
    ids = {
        path: set(re.findall(r'id="([^"]*)"', (folder / path).read_text(encoding="utf-8")))
        for path in {place.partition("#")[0] for place in places}
    }
    for place in places:
        path, _, anchor = place.partition("#")
        assert not anchor or anchor in ids[path], place
    taught = watcher.page.evaluate("indexOf(BOOK_PAGES).places.flatMap(({ sections }) => sections)")
    assert len(taught) > 90
    assert set(taught) <= set(places)


def test_odd_queries_have_an_answer(edition):
    _, watcher = edition
    for query in ODD:
        assert search(watcher.page, query)
        assert watcher.page.locator("#search-results img").count() == 0
    assert watcher.problems == []


def test_a_query_in_the_address_is_answered_at_once_without_loading_chapters(browser, address):
    for query in ("gradient descent", "constructor", "__proto__"):
        watcher = Watched(browser, address)
        watcher.page.add_init_script(SHIFTS)
        page = watcher.open(f"{address}search.html?q={quote(query)}")
        expect(page.locator("#search-results li").first).to_be_visible()
        assert not [url for url in watcher.requested if "/chapters/" in url]
        page.evaluate(
            "() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))"
        )
        assert page.evaluate("shifts") == []
        assert watcher.problems == []
        watcher.context.close()


def test_results_are_sections_with_excerpts(edition):
    language, watcher = edition
    page = watcher.page
    if language == "en":
        assert search(page, "gradiant descent walks there").startswith(
            "Showing results for “gradient descent walks there”: "
        )
        chapter, section = "4 Gradient descent, SGD › ", "4.1 No formula finds the lowest point"
        marked = ["gradient", "descent"]
    else:
        assert search(page, "死神经元").startswith("以下是“死亡神经元”的搜索结果：共")
        chapter, section = "2 激活函数 › ", "2.3 死亡神经元"
        marked = ["死亡神经元"]
    first = page.locator("#search-results li").first
    expect(first.locator(".path")).to_have_text(chapter)
    expect(first.locator("a")).to_contain_text(section)
    found = [words.lower() for words in first.locator(".context mark").all_inner_texts()]
    assert found[: len(marked)] == marked
    assert "\\operatorname" not in page.locator("#search-results").inner_text()


def test_more_results_take_the_focus(edition):
    language, watcher = edition
    page = watcher.page
    search(page, "gradient" if language == "en" else "梯度")
    results = page.locator("#search-results li")
    expect(results).to_have_count(20)
    page.locator(".more").press("Enter")
    expect(results.nth(20).locator("a")).to_be_focused()
    page.keyboard.press("Control+k")
    expect(page.locator("article .search-form input")).to_be_focused()


@pytest.mark.wcag("4.1.3")
def test_nothing_found_is_said_and_something_offered(edition):
    language, watcher = edition
    page = watcher.page
    said = search(page, "hidden lairz" if language == "en" else "长颈鹿")
    expected = "No place has all" if language == "en" else "没有找到“长颈鹿”。"
    assert said.startswith(expected)
    for query in ("(", "\\", "***"):
        assert query in search(page, query), "nothing found is said of signs, too"
    search(page, "qqqq")
    offered = page.locator("#search-results p")
    expect(offered).to_have_text(
        {"en": "The glossary has the words of this book.", "zh": "可以到术语表里找找。"}[language]
    )
    expect(page.locator("#search-results a").last).to_have_attribute(
        "href", "chapters/glossary.html"
    )
    expect(page.locator(".search-summary")).to_have_role("status")


@pytest.mark.parametrize("served", [True, False])
@pytest.mark.wcag("2.1.4", "2.4.5")
def test_one_searches_from_a_chapter_and_comes_back(watched, address, html, served):
    page = watched((address if served else html.as_uri() + "/") + "chapters/losses.html")
    fetched = []
    page.on("request", lambda request: fetched.append(request.url.rsplit("/", 1)[-1]))
    field = page.locator(".bar .search-form input")
    expect(field).to_have_accessible_description("Ctrl+K leads here, on a Mac ⌘K.")
    expect(field).to_have_attribute("aria-keyshortcuts", "Control+K Meta+K")
    page.keyboard.type("/k")  # no letter alone is taken from a reader who speaks or writes
    expect(field).not_to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.type("softplus")
    if served:
        assert any(re.match(r"search-index.*\.js", name) for name in fetched)
    # Firefox does not submit the form of a file, against the policy: a script goes there.
    page.evaluate("addEventListener('submit', (event) => console.assert(event.defaultPrevented))")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results li").first).to_be_visible()
    search(page, "likelih")
    page.wait_for_url("**/search.html?q=likelih")
    link = page.locator("#search-results a").first
    expect(link).to_contain_text("3.4 Maximum likelihood")
    link.click()
    page.wait_for_url("**/losses.html#sec-losses-likelihood")
    page.go_back()
    expect(page.locator("#search-results a").first).to_contain_text("3.4 Maximum likelihood")
