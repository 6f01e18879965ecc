"""The tables of the graph: the one place that says which there are and what they hold.

What is has a table by its kind; what documents state has its document in each row, and
`evidence` leads from it to the words. What rules infer is in `relations` only.
"""

from __future__ import annotations

from wicgraph.language import Text
from wicgraph.publishing.relational.facts import wic
from wicgraph.publishing.relational.parts import (
    LABELS_READ,
    NUMBER,
    RELATIONS_READ,
    REPORTS_READ,
    class_,
    edition_facts,
    event_reports,
    identity,
    labels,
    relations,
    source,
    thing,
    value_list,
    which,
)
from wicgraph.publishing.relational.table import (
    Column,
    Kind,
    Table,
    both,
    day_columns,
    days,
    of_class,
    of_links,
    of_nodes,
    plain,
    printed,
    reference,
)
from wicgraph.terms import RDFS_LABEL, SKOS, SKOS_PREF_LABEL, NamedNode

_LABEL = Text("label", "名称")
_DEFINITION = NamedNode(SKOS + "definition")

TABLES: tuple[Table, ...] = (
    of_nodes(
        "terms",
        Text(
            "Terms: classes, properties and closed values", "术语：类、属性与限定取值"
        ),
        lambda facts: facts.terms(),
        identity(),
        value_list(),
        both("label", _LABEL, RDFS_LABEL),
        both("definition", Text("definition", "定义"), _DEFINITION),
    ),
    of_nodes(
        "things",
        Text("Everything that other tables speak of", "其他各表所涉的一切事物"),
        lambda facts: facts.things(),
        identity(),
        class_(),
        both("label", _LABEL, SKOS_PREF_LABEL),
    ),
    of_class(
        "organizations",
        Text("Organizations", "机构"),
        "Organization",
        identity("things"),
        class_(),
        both("label", _LABEL, SKOS_PREF_LABEL),
    ),
    of_class(
        "sources",
        Text("Sources: the documents that were read", "来源：所读文献"),
        "Source",
        identity("things"),
        class_(),
        printed("title", Text("title", "标题"), "title"),
        plain("language", Text("language", "语言"), "language"),
        plain("address", Text("address", "网址"), "address", Kind.IRI),
        reference(
            "publisher",
            Text("publisher", "发布者"),
            "publisher",
            "organizations",
        ),
        days("issued", Text("issued", "发布时间"), "issued"),
        days("read", Text("read on", "阅读日期"), "readOn"),
        plain(
            "text_sha256", Text("SHA-256 of the text", "文本的 SHA-256"), "textSha256"
        ),
    ),
    of_class(
        "passages",
        Text("Passages: the words that facts rest on", "原文片段：陈述所依据的文字"),
        "Passage",
        identity("things"),
        reference(
            "source", Text("source", "来源"), "passageOf", "sources", required=True
        ),
        printed("quote", Text("quote", "引文"), "quote"),
        plain("start", Text("first character", "起始字符"), "start", Kind.NUMBER),
        plain(
            "end", Text("character after the last", "末尾字符之后"), "end", Kind.NUMBER
        ),
    ),
    of_links(
        "evidence",
        Text("Evidence: which passages bear out what", "证据：何者由何片段证明"),
        "evidence",
        thing("thing", Text("what is stated or spoken of", "所述事物")),
        Column("passage", Text("passage", "片段"), refers="passages", required=True),
    ),
    Table(
        "labels",
        Text("Labels: every name that is given to a thing", "名称：事物的全部名称"),
        ("thing", "label", "language", "kind"),
        (
            thing("thing", Text("thing", "事物")),
            Column("label", _LABEL, required=True),
            Column("language", Text("language", "语言"), required=True),
            Column("kind", Text("kind", "种类"), required=True),
        ),
        labels,
        LABELS_READ,
    ),
    of_class(
        "names",
        Text("Names as documents print them", "文献所印的名称"),
        "Name",
        identity("things"),
        source(),
        reference("thing", Text("thing", "事物"), "nameOf", "things", required=True),
        printed("form", Text("form", "名称形式"), "form"),
        reference("kind", Text("kind", "种类"), "nameKind", "terms", required=True),
    ),
    of_class(
        "people",
        Text("People", "人物"),
        "Person",
        identity("things"),
        both("label", _LABEL, SKOS_PREF_LABEL),
    ),
    of_class(
        "events",
        Text(
            "Events: series, editions, sessions and others", "活动：系列、届次、环节等"
        ),
        "Gathering",
        identity("things"),
        class_(),
        both("label", _LABEL, SKOS_PREF_LABEL),
    ),
    of_class(
        "editions",
        Text("Editions of the conference", "大会届次"),
        "Edition",
        identity("events"),
        both("label", _LABEL, SKOS_PREF_LABEL),
        reference("series", Text("series", "系列"), "editionOf", "events"),
        edition_facts(),
    ),
    Table(
        "event_reports",
        Text("What each source says of an event", "各来源对活动的说法"),
        ("event", "source"),
        (
            Column("event", Text("event", "活动"), refers="events", required=True),
            Column("source", Text("source", "来源"), refers="sources", required=True),
            Column("number", Text("number", "届数"), Kind.NUMBER, states=NUMBER),
            Column("status", Text("status", "状态"), refers="terms"),
            *day_columns("start", Text("start", "开始")),
            *day_columns("end", Text("end", "结束")),
        ),
        event_reports,
        REPORTS_READ,
    ),
    of_class(
        "roles",
        Text(
            "Roles: who had which part in which event", "角色：何者在何活动中任何角色"
        ),
        "Involvement",
        identity("things"),
        source(),
        class_(),
        reference("agent", Text("who", "行动者"), "agent", "things", required=True),
        which("part", Text("which part", "何种角色"), "agent"),
        reference("event", Text("event", "活动"), "inEvent", "events", required=True),
        which("standing", Text("announced or reported", "预告或据报"), "inEvent"),
        reference("mode", Text("mode", "方式"), "mode", "terms"),
        printed("capacity", Text("capacity as printed", "所印身份"), "capacity"),
    ),
    of_links(
        "role_posts",
        Text("In which post somebody has a role", "以何职务担任角色"),
        "inCapacityOf",
        Column("role", Text("role", "角色"), refers="roles", required=True),
        Column("post", Text("post", "职务"), refers="posts", required=True),
    ),
    of_links(
        "role_organizations",
        Text("On whose behalf somebody has a role", "代表何机构担任角色"),
        "onBehalfOf",
        Column("role", Text("role", "角色"), refers="roles", required=True),
        Column(
            "organization",
            Text("organization", "机构"),
            refers="organizations",
            required=True,
        ),
    ),
    of_class(
        "posts",
        Text("Posts in organizations", "机构中的职务"),
        "Post",
        identity("things"),
        both("label", _LABEL, SKOS_PREF_LABEL),
        reference(
            "organization",
            Text("organization", "机构"),
            "postIn",
            "organizations",
            required=True,
        ),
        reference("kind", Text("kind", "种类"), "postKind", "terms"),
    ),
    of_class(
        "tenures",
        Text("Tenures: who held which post", "任职：何人担任何职"),
        "Tenure",
        identity("things"),
        source(),
        reference("person", Text("person", "人物"), "holder", "people", required=True),
        reference("post", Text("post", "职务"), "ofPost", "posts", required=True),
        days("attested", Text("held on", "见于"), "attestedOn"),
        days("began", Text("began", "就任"), "beganOn"),
        days("ended", Text("ended", "离任"), "endedOn"),
    ),
    of_class(
        "memberships",
        Text("Memberships in organizations", "机构成员资格"),
        "Membership",
        identity("things"),
        source(),
        class_(),
        reference("member", Text("member", "成员"), "member", "things", required=True),
        reference(
            "organization",
            Text("in", "所属机构"),
            "memberIn",
            "organizations",
            required=True,
        ),
        days("attested", Text("held on", "见于"), "attestedOn"),
        days("began", Text("began", "加入"), "beganOn"),
        days("ended", Text("ended", "退出"), "endedOn"),
    ),
    of_class(
        "figures",
        Text("Figures: numbers that sources give", "数字：来源给出的数值"),
        "Figure",
        identity("things"),
        source(),
        reference("of", Text("of", "数字所属"), "figureOf", "things", required=True),
        reference(
            "counts",
            Text("what is counted", "计数对象"),
            "counts",
            "terms",
            required=True,
        ),
        reference(
            "population",
            Text("population", "统计口径"),
            "countedAs",
            "terms",
            required=True,
        ),
        reference(
            "qualifier",
            Text("qualifier", "限定词"),
            "qualifier",
            "terms",
            required=True,
        ),
        plain("number", Text("number", "数值"), "statedNumber", Kind.NUMBER),
        printed("text", Text("as printed", "原文"), "text"),
        reference("said_by", Text("said by", "陈述者"), "saidBy", "things"),
    ),
    of_class(
        "claims",
        Text("Claims: who said what", "说法：何者说了什么"),
        "Claim",
        identity("things"),
        source(),
        both("content", Text("content", "内容"), wic("content")),
        reference("kind", Text("kind", "种类"), "claimKind", "terms", required=True),
        reference(
            "polarity", Text("polarity", "极性"), "polarity", "terms", required=True
        ),
        reference("rank", Text("rank", "等级"), "rank", "terms", required=True),
        reference(
            "standpoint",
            Text("standpoint", "立场"),
            "standpoint",
            "terms",
            required=True,
        ),
        reference("said_by", Text("said by", "陈述者"), "saidBy", "things"),
        reference("said_at", Text("said at", "说于场合"), "saidAt", "events"),
        days("said", Text("said on", "说于"), "saidOn"),
    ),
    of_links(
        "claim_subjects",
        Text("What claims are about", "说法所关于的事物"),
        "about",
        Column("claim", Text("claim", "说法"), refers="claims", required=True),
        thing("thing", Text("about", "关于")),
    ),
    Table(
        "relations",
        Text("Relations that rules infer", "由规则推出的关系"),
        ("subject", "property", "object"),
        (
            thing("subject", Text("subject", "主体")),
            Column("property", Text("relation", "关系"), refers="terms", required=True),
            thing("object", Text("object", "客体")),
        ),
        relations,
        RELATIONS_READ,
    ),
)
