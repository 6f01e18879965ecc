"""The rules of OWL 2 RL/RDF as a table, by their W3C names: data, and nothing else.

https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules

A line reads: name, table, if, then, in words. Patterns are written as in Turtle, with
`?x` for variables and a bare number for any literal of that value. Beside triples,
the "if" of a rule has

    ?c owl:unionOf (… ?i …)        ?i is any member of the list
    ?c owl:members (… ?i … ?j …)   ?i is a member, and ?j one after it
    all ?i { ?x a ?i }             the patterns hold for every member ?i; a variable
                                   that stands in the braces only is another one for
                                   each member
    chain ?i { ?x ?i ?y }          ?x leads to ?y by the members of the list in order
    ?l dt:in ?d                    what a literal of the graph means is in a datatype;
    ?l dt:notIn ?d                 it is not, or the literal means nothing
    ?l dt:same ?m                  two literals of the graph mean the same
    ?l dt:other ?m                 they mean different things

The words have the variables of the rule in them, for things to be put in their place.
"""

from __future__ import annotations

from dataclasses import dataclass

from wicgraph.reasoning.datatypes import DATATYPES

SECTION = (
    "https://www.w3.org/TR/owl2-profiles/"
    "#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules"
)
FALSE = "false"

_DATATYPES = " . ".join(f"{name} a rdfs:Datatype" for name in DATATYPES)
_ANNOTATIONS = " . ".join(
    f"{name} a owl:AnnotationProperty"
    for name in (
        *("rdfs:label", "rdfs:comment", "rdfs:seeAlso", "rdfs:isDefinedBy"),
        *("owl:deprecated", "owl:versionInfo", "owl:priorVersion"),
        *("owl:backwardCompatibleWith", "owl:incompatibleWith"),
    )
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its W3C name: from `when` follows `then`, which may be "false".

    `table` is the number of its table in SECTION; `en` and `zh` are the rule in words.
    """

    name: str
    table: int
    when: str
    then: str
    en: str
    zh: str


# fmt: off
RULES: tuple[Rule, ...] = (
    # Table 4: equality
    Rule("eq-ref", 4, "?s ?p ?o", "?s owl:sameAs ?s . ?p owl:sameAs ?p . ?o owl:sameAs ?o",
         "everything is the same as itself", "任何事物都与自身相同"),
    Rule("eq-sym", 4, "?x owl:sameAs ?y", "?y owl:sameAs ?x",
         "?x is the same as ?y, so ?y is the same as ?x", "?x 与 ?y 相同，所以 ?y 与 ?x 相同"),
    Rule("eq-trans", 4, "?x owl:sameAs ?y . ?y owl:sameAs ?z", "?x owl:sameAs ?z",
         "?x is the same as ?y, which is the same as ?z", "?x 与 ?y 相同，?y 又与 ?z 相同"),
    Rule("eq-rep-s", 4, "?s owl:sameAs ?s2 . ?s ?p ?o", "?s2 ?p ?o",
         "what holds of ?s holds of ?s2, which is the same", "?s 与 ?s2 相同，对 ?s 成立的对 ?s2 也成立"),
    Rule("eq-rep-p", 4, "?p owl:sameAs ?p2 . ?s ?p ?o", "?s ?p2 ?o",
         "?p and ?p2 are the same relation", "?p 与 ?p2 是同一关系"),
    Rule("eq-rep-o", 4, "?o owl:sameAs ?o2 . ?s ?p ?o", "?s ?p ?o2",
         "what holds with ?o holds with ?o2, which is the same", "?o 与 ?o2 相同，与 ?o 的关系对 ?o2 也成立"),
    Rule("eq-diff1", 4, "?x owl:sameAs ?y . ?x owl:differentFrom ?y", FALSE,
         "?x and ?y are said to be the same and to be different", "?x 与 ?y 既被说成相同，又被说成不同"),
    Rule("eq-diff2", 4, "?x a owl:AllDifferent . ?x owl:members (… ?i … ?j …) . ?i owl:sameAs ?j", FALSE,
         "?i and ?j are the same, but ?x lists them as different", "?i 与 ?j 相同，但 ?x 将它们列为互不相同"),
    Rule("eq-diff3", 4, "?x a owl:AllDifferent . ?x owl:distinctMembers (… ?i … ?j …) . ?i owl:sameAs ?j", FALSE,
         "?i and ?j are the same, but ?x lists them as different", "?i 与 ?j 相同，但 ?x 将它们列为互不相同"),
    # Table 5: axioms about properties
    Rule("prp-ap", 5, "", _ANNOTATIONS,
         "annotation properties of OWL are annotation properties", "OWL 的注释属性是注释属性"),
    Rule("prp-dom", 5, "?p rdfs:domain ?c . ?x ?p ?y", "?x a ?c",
         "only a ?c has ?p, and ?x has it", "只有 ?c 才有 ?p，而 ?x 有 ?p"),
    Rule("prp-rng", 5, "?p rdfs:range ?c . ?x ?p ?y", "?y a ?c",
         "?p leads only to a ?c, and it leads to ?y", "?p 只指向 ?c，而它指向 ?y"),
    Rule("prp-fp", 5, "?p a owl:FunctionalProperty . ?x ?p ?y1 . ?x ?p ?y2", "?y1 owl:sameAs ?y2",
         "?x has only one ?p, so ?y1 and ?y2 are the same", "?x 只有一个 ?p，所以 ?y1 与 ?y2 相同"),
    Rule("prp-ifp", 5, "?p a owl:InverseFunctionalProperty . ?x1 ?p ?y . ?x2 ?p ?y", "?x1 owl:sameAs ?x2",
         "only one thing has ?p to ?y, so ?x1 and ?x2 are the same", "只有一个事物以 ?p 指向 ?y，所以 ?x1 与 ?x2 相同"),
    Rule("prp-irp", 5, "?p a owl:IrreflexiveProperty . ?x ?p ?x", FALSE,
         "nothing has ?p to itself, but ?x has", "任何事物都不以 ?p 指向自身，而 ?x 却如此"),
    Rule("prp-symp", 5, "?p a owl:SymmetricProperty . ?x ?p ?y", "?y ?p ?x",
         "?p holds both ways", "?p 双向成立"),
    Rule("prp-asyp", 5, "?p a owl:AsymmetricProperty . ?x ?p ?y . ?y ?p ?x", FALSE,
         "?p never holds both ways, but between ?x and ?y it does", "?p 不会双向成立，而在 ?x 与 ?y 之间却如此"),
    Rule("prp-trp", 5, "?p a owl:TransitiveProperty . ?x ?p ?y . ?y ?p ?z", "?x ?p ?z",
         "?p is transitive: from ?x to ?y, and on from ?y to ?z", "?p 可传递：由 ?x 到 ?y，再由 ?y 到 ?z"),
    Rule("prp-spo1", 5, "?p1 rdfs:subPropertyOf ?p2 . ?x ?p1 ?y", "?x ?p2 ?y",
         "?p1 implies ?p2", "凡有 ?p1 关系者也有 ?p2 关系"),
    Rule("prp-spo2", 5, "?p owl:propertyChainAxiom (… ?i …) . chain ?i { ?x ?i ?y }", "?x ?p ?y",
         "the steps from ?x to ?y make up ?p", "从 ?x 到 ?y 的各步构成 ?p"),
    Rule("prp-eqp1", 5, "?p1 owl:equivalentProperty ?p2 . ?x ?p1 ?y", "?x ?p2 ?y",
         "?p1 and ?p2 hold of the same things", "?p1 与 ?p2 对相同的事物成立"),
    Rule("prp-eqp2", 5, "?p1 owl:equivalentProperty ?p2 . ?x ?p2 ?y", "?x ?p1 ?y",
         "?p1 and ?p2 hold of the same things", "?p1 与 ?p2 对相同的事物成立"),
    Rule("prp-pdw", 5, "?p1 owl:propertyDisjointWith ?p2 . ?x ?p1 ?y . ?x ?p2 ?y", FALSE,
         "?p1 and ?p2 never hold of the same two things, but of ?x and ?y they do", "?p1 与 ?p2 不会对同一对事物成立，而对 ?x 与 ?y 却如此"),
    Rule("prp-adp", 5, "?a a owl:AllDisjointProperties . ?a owl:members (… ?i … ?j …) . ?x ?i ?y . ?x ?j ?y", FALSE,
         "?i and ?j never hold of the same two things, but of ?x and ?y they do", "?i 与 ?j 不会对同一对事物成立，而对 ?x 与 ?y 却如此"),
    Rule("prp-inv1", 5, "?p1 owl:inverseOf ?p2 . ?x ?p1 ?y", "?y ?p2 ?x",
         "?p1 and ?p2 are one relation read from either end", "?p1 与 ?p2 是从两端读的同一关系"),
    Rule("prp-inv2", 5, "?p1 owl:inverseOf ?p2 . ?x ?p2 ?y", "?y ?p1 ?x",
         "?p1 and ?p2 are one relation read from either end", "?p1 与 ?p2 是从两端读的同一关系"),
    Rule("prp-key", 5, "?c owl:hasKey (… ?i …) . ?x a ?c . ?y a ?c . all ?i { ?x ?i ?z . ?y ?i ?z }", "?x owl:sameAs ?y",
         "?x and ?y are each a ?c with the same key", "?x 与 ?y 都是 ?c，且键值相同"),
    Rule("prp-npa1", 5, "?a owl:sourceIndividual ?x . ?a owl:assertionProperty ?p . ?a owl:targetIndividual ?y . ?x ?p ?y", FALSE,
         "?x is said not to have ?p to ?y, and to have it", "?x 既被说成没有到 ?y 的 ?p，又被说成有"),
    Rule("prp-npa2", 5, "?a owl:sourceIndividual ?x . ?a owl:assertionProperty ?p . ?a owl:targetValue ?y . ?x ?p ?y", FALSE,
         "?x is said not to have the value ?y of ?p, and to have it", "?x 既被说成没有 ?p 的值 ?y，又被说成有"),
    # Table 6: classes
    Rule("cls-thing", 6, "", "owl:Thing a owl:Class", "owl:Thing is a class", "owl:Thing 是类"),
    Rule("cls-nothing1", 6, "", "owl:Nothing a owl:Class", "owl:Nothing is a class", "owl:Nothing 是类"),
    Rule("cls-nothing2", 6, "?x a owl:Nothing", FALSE,
         "?x is of a class that can have no members", "?x 属于不可能有成员的类"),
    Rule("cls-int1", 6, "?c owl:intersectionOf (… ?i …) . all ?i { ?y a ?i }", "?y a ?c",
         "?y is of every class that makes up ?c", "?y 属于构成 ?c 的每个类"),
    Rule("cls-int2", 6, "?c owl:intersectionOf (… ?i …) . ?y a ?c", "?y a ?i",
         "every ?c is a ?i", "每个 ?c 都是 ?i"),
    Rule("cls-uni", 6, "?c owl:unionOf (… ?i …) . ?y a ?i", "?y a ?c",
         "every ?i is a ?c", "每个 ?i 都是 ?c"),
    Rule("cls-com", 6, "?c1 owl:complementOf ?c2 . ?x a ?c1 . ?x a ?c2", FALSE,
         "?x is both a ?c1 and a ?c2, and each is what the other is not", "?x 既是 ?c1 又是 ?c2，而二者互补"),
    Rule("cls-svf1", 6, "?c owl:someValuesFrom ?d . ?c owl:onProperty ?p . ?x ?p ?y . ?y a ?d", "?x a ?c",
         "?x has ?p to a ?d", "?x 以 ?p 指向某个 ?d"),
    Rule("cls-svf2", 6, "?c owl:someValuesFrom owl:Thing . ?c owl:onProperty ?p . ?x ?p ?y", "?x a ?c",
         "?x has ?p to something", "?x 以 ?p 指向某物"),
    Rule("cls-avf", 6, "?c owl:allValuesFrom ?d . ?c owl:onProperty ?p . ?x a ?c . ?x ?p ?y", "?y a ?d",
         "?x has ?p only to a ?d", "?x 的 ?p 只指向 ?d"),
    Rule("cls-hv1", 6, "?c owl:hasValue ?y . ?c owl:onProperty ?p . ?x a ?c", "?x ?p ?y",
         "every ?c has ?p to ?y", "每个 ?c 都以 ?p 指向 ?y"),
    Rule("cls-hv2", 6, "?c owl:hasValue ?y . ?c owl:onProperty ?p . ?x ?p ?y", "?x a ?c",
         "whatever has ?p to ?y is a ?c", "凡以 ?p 指向 ?y 者都是 ?c"),
    Rule("cls-maxc1", 6, "?c owl:maxCardinality 0 . ?c owl:onProperty ?p . ?x a ?c . ?x ?p ?y", FALSE,
         "?x may have no ?p, but has ?y", "?x 不得有 ?p，却有 ?y"),
    Rule("cls-maxc2", 6, "?c owl:maxCardinality 1 . ?c owl:onProperty ?p . ?x a ?c . ?x ?p ?y1 . ?x ?p ?y2", "?y1 owl:sameAs ?y2",
         "?x has at most one ?p, so ?y1 and ?y2 are the same", "?x 至多有一个 ?p，所以 ?y1 与 ?y2 相同"),
    Rule("cls-maxqc1", 6, "?c owl:maxQualifiedCardinality 0 . ?c owl:onProperty ?p . ?c owl:onClass ?d . ?x a ?c . ?x ?p ?y . ?y a ?d", FALSE,
         "?x may have no ?p to a ?d, but has ?y", "?x 不得以 ?p 指向 ?d，却指向 ?y"),
    Rule("cls-maxqc2", 6, "?c owl:maxQualifiedCardinality 0 . ?c owl:onProperty ?p . ?c owl:onClass owl:Thing . ?x a ?c . ?x ?p ?y", FALSE,
         "?x may have no ?p, but has ?y", "?x 不得有 ?p，却有 ?y"),
    Rule("cls-maxqc3", 6, "?c owl:maxQualifiedCardinality 1 . ?c owl:onProperty ?p . ?c owl:onClass ?d . ?x a ?c . ?x ?p ?y1 . ?y1 a ?d . ?x ?p ?y2 . ?y2 a ?d", "?y1 owl:sameAs ?y2",
         "?x has ?p to at most one ?d, so ?y1 and ?y2 are the same", "?x 至多以 ?p 指向一个 ?d，所以 ?y1 与 ?y2 相同"),
    Rule("cls-maxqc4", 6, "?c owl:maxQualifiedCardinality 1 . ?c owl:onProperty ?p . ?c owl:onClass owl:Thing . ?x a ?c . ?x ?p ?y1 . ?x ?p ?y2", "?y1 owl:sameAs ?y2",
         "?x has at most one ?p, so ?y1 and ?y2 are the same", "?x 至多有一个 ?p，所以 ?y1 与 ?y2 相同"),
    Rule("cls-oo", 6, "?c owl:oneOf (… ?i …)", "?i a ?c",
         "?i is one of those that make up ?c", "?i 是构成 ?c 的事物之一"),
    # Table 7: axioms about classes
    Rule("cax-sco", 7, "?c1 rdfs:subClassOf ?c2 . ?x a ?c1", "?x a ?c2",
         "every ?c1 is a ?c2", "每个 ?c1 都是 ?c2"),
    Rule("cax-eqc1", 7, "?c1 owl:equivalentClass ?c2 . ?x a ?c1", "?x a ?c2",
         "every ?c1 is a ?c2, and the other way round", "每个 ?c1 都是 ?c2，反之亦然"),
    Rule("cax-eqc2", 7, "?c1 owl:equivalentClass ?c2 . ?x a ?c2", "?x a ?c1",
         "every ?c2 is a ?c1, and the other way round", "每个 ?c2 都是 ?c1，反之亦然"),
    Rule("cax-dw", 7, "?c1 owl:disjointWith ?c2 . ?x a ?c1 . ?x a ?c2", FALSE,
         "nothing is both a ?c1 and a ?c2, but ?x is", "没有事物既是 ?c1 又是 ?c2，而 ?x 却是"),
    Rule("cax-adc", 7, "?a a owl:AllDisjointClasses . ?a owl:members (… ?i … ?j …) . ?x a ?i . ?x a ?j", FALSE,
         "nothing is both a ?i and a ?j, but ?x is", "没有事物既是 ?i 又是 ?j，而 ?x 却是"),
    # Table 8: datatypes
    Rule("dt-type1", 8, "", _DATATYPES, "datatypes of OWL are datatypes", "OWL 的数据类型是数据类型"),
    Rule("dt-type2", 8, "?l dt:in ?d", "?l a ?d", "?l is a value of ?d", "?l 是 ?d 的值"),
    Rule("dt-eq", 8, "?l dt:same ?m", "?l owl:sameAs ?m",
         "?l and ?m write the same value", "?l 与 ?m 写的是同一个值"),
    Rule("dt-diff", 8, "?l dt:other ?m", "?l owl:differentFrom ?m",
         "?l and ?m write different values", "?l 与 ?m 写的是不同的值"),
    Rule("dt-not-type", 8, "?l a ?d . ?l dt:notIn ?d", FALSE,
         "?l should be a value of ?d, but is not", "?l 应是 ?d 的值，却不是"),
    # Table 9: axioms that follow from axioms
    Rule("scm-cls", 9, "?c a owl:Class", "?c rdfs:subClassOf ?c . ?c owl:equivalentClass ?c . ?c rdfs:subClassOf owl:Thing . owl:Nothing rdfs:subClassOf ?c",
         "?c is a class, and so within itself, within everything, and around nothing", "?c 是类，所以包含于自身和万物，并包含空类"),
    Rule("scm-sco", 9, "?c1 rdfs:subClassOf ?c2 . ?c2 rdfs:subClassOf ?c3", "?c1 rdfs:subClassOf ?c3",
         "every ?c1 is a ?c2, and every ?c2 is a ?c3", "每个 ?c1 都是 ?c2，每个 ?c2 都是 ?c3"),
    Rule("scm-eqc1", 9, "?c1 owl:equivalentClass ?c2", "?c1 rdfs:subClassOf ?c2 . ?c2 rdfs:subClassOf ?c1",
         "?c1 and ?c2 have the same members", "?c1 与 ?c2 的成员相同"),
    Rule("scm-eqc2", 9, "?c1 rdfs:subClassOf ?c2 . ?c2 rdfs:subClassOf ?c1", "?c1 owl:equivalentClass ?c2",
         "every ?c1 is a ?c2, and the other way round", "每个 ?c1 都是 ?c2，反之亦然"),
    Rule("scm-op", 9, "?p a owl:ObjectProperty", "?p rdfs:subPropertyOf ?p . ?p owl:equivalentProperty ?p",
         "?p is a property, and so within itself", "?p 是属性，所以包含于自身"),
    Rule("scm-dp", 9, "?p a owl:DatatypeProperty", "?p rdfs:subPropertyOf ?p . ?p owl:equivalentProperty ?p",
         "?p is a property, and so within itself", "?p 是属性，所以包含于自身"),
    Rule("scm-spo", 9, "?p1 rdfs:subPropertyOf ?p2 . ?p2 rdfs:subPropertyOf ?p3", "?p1 rdfs:subPropertyOf ?p3",
         "?p1 is within ?p2, and ?p2 is within ?p3", "?p1 包含于 ?p2，?p2 又包含于 ?p3"),
    Rule("scm-eqp1", 9, "?p1 owl:equivalentProperty ?p2", "?p1 rdfs:subPropertyOf ?p2 . ?p2 rdfs:subPropertyOf ?p1",
         "?p1 and ?p2 hold of the same things", "?p1 与 ?p2 对相同的事物成立"),
    Rule("scm-eqp2", 9, "?p1 rdfs:subPropertyOf ?p2 . ?p2 rdfs:subPropertyOf ?p1", "?p1 owl:equivalentProperty ?p2",
         "?p1 is within ?p2, and the other way round", "?p1 包含于 ?p2，反之亦然"),
    Rule("scm-dom1", 9, "?p rdfs:domain ?c1 . ?c1 rdfs:subClassOf ?c2", "?p rdfs:domain ?c2",
         "only a ?c1 has ?p, and every ?c1 is a ?c2", "只有 ?c1 才有 ?p，而每个 ?c1 都是 ?c2"),
    Rule("scm-dom2", 9, "?p2 rdfs:domain ?c . ?p1 rdfs:subPropertyOf ?p2", "?p1 rdfs:domain ?c",
         "only a ?c has ?p2, and ?p1 is within ?p2", "只有 ?c 才有 ?p2，而 ?p1 包含于 ?p2"),
    Rule("scm-rng1", 9, "?p rdfs:range ?c1 . ?c1 rdfs:subClassOf ?c2", "?p rdfs:range ?c2",
         "?p leads only to a ?c1, and every ?c1 is a ?c2", "?p 只指向 ?c1，而每个 ?c1 都是 ?c2"),
    Rule("scm-rng2", 9, "?p2 rdfs:range ?c . ?p1 rdfs:subPropertyOf ?p2", "?p1 rdfs:range ?c",
         "?p2 leads only to a ?c, and ?p1 is within ?p2", "?p2 只指向 ?c，而 ?p1 包含于 ?p2"),
    Rule("scm-hv", 9, "?c1 owl:hasValue ?v . ?c1 owl:onProperty ?p1 . ?c2 owl:hasValue ?v . ?c2 owl:onProperty ?p2 . ?p1 rdfs:subPropertyOf ?p2", "?c1 rdfs:subClassOf ?c2",
         "whatever has ?p1 to ?v has ?p2 to it", "凡以 ?p1 指向 ?v 者也以 ?p2 指向它"),
    Rule("scm-svf1", 9, "?c1 owl:someValuesFrom ?d1 . ?c1 owl:onProperty ?p . ?c2 owl:someValuesFrom ?d2 . ?c2 owl:onProperty ?p . ?d1 rdfs:subClassOf ?d2", "?c1 rdfs:subClassOf ?c2",
         "whatever has ?p to a ?d1 has it to a ?d2", "凡以 ?p 指向某个 ?d1 者也指向某个 ?d2"),
    Rule("scm-svf2", 9, "?c1 owl:someValuesFrom ?d . ?c1 owl:onProperty ?p1 . ?c2 owl:someValuesFrom ?d . ?c2 owl:onProperty ?p2 . ?p1 rdfs:subPropertyOf ?p2", "?c1 rdfs:subClassOf ?c2",
         "whatever has ?p1 to a ?d has ?p2 to it", "凡以 ?p1 指向某个 ?d 者也以 ?p2 指向它"),
    Rule("scm-avf1", 9, "?c1 owl:allValuesFrom ?d1 . ?c1 owl:onProperty ?p . ?c2 owl:allValuesFrom ?d2 . ?c2 owl:onProperty ?p . ?d1 rdfs:subClassOf ?d2", "?c1 rdfs:subClassOf ?c2",
         "what has ?p only to a ?d1 has it only to a ?d2", "?p 只指向 ?d1 者也只指向 ?d2"),
    Rule("scm-avf2", 9, "?c1 owl:allValuesFrom ?d . ?c1 owl:onProperty ?p1 . ?c2 owl:allValuesFrom ?d . ?c2 owl:onProperty ?p2 . ?p1 rdfs:subPropertyOf ?p2", "?c2 rdfs:subClassOf ?c1",
         "what has ?p2 only to a ?d has ?p1 only to a ?d", "?p2 只指向 ?d 者，其 ?p1 也只指向 ?d"),
    Rule("scm-int", 9, "?c owl:intersectionOf (… ?i …)", "?c rdfs:subClassOf ?i",
         "?i is one of the classes that make up ?c", "?i 是构成 ?c 的类之一"),
    Rule("scm-uni", 9, "?c owl:unionOf (… ?i …)", "?i rdfs:subClassOf ?c",
         "?i is one of the classes that ?c joins", "?i 是 ?c 所合并的类之一"),
)
# fmt: on
