"""Words for the terms of other vocabularies; the ontology labels only its own."""

from __future__ import annotations

from wicgraph.language import Text
from wicgraph.terms import OWL, RDF_TYPE, RDFS, SH, SKOS, NamedNode

IS_A = Text("is a", "类别")
_NAMED = {
    OWL: {
        "AllDisjointClasses": Text("set of disjoint classes", "互斥类组"),
        "AnnotationProperty": Text("annotation property", "注释属性"),
        "AsymmetricProperty": Text("asymmetric property", "非对称属性"),
        "Class": Text("class", "类"),
        "DatatypeProperty": Text("datatype property", "数据属性"),
        "FunctionalProperty": Text("functional property", "函数属性"),
        "IrreflexiveProperty": Text("irreflexive property", "非自反属性"),
        "ObjectProperty": Text("object property", "对象属性"),
        "SymmetricProperty": Text("symmetric property", "对称属性"),
        "Thing": Text("thing", "事物"),
        "TransitiveProperty": Text("transitive property", "传递属性"),
        "differentFrom": Text("different from", "不同于"),
        "disjointWith": Text("disjoint with", "互斥于"),
        "distinctMembers": Text("members", "成员"),
        "equivalentClass": Text("equivalent to", "等价于"),
        "equivalentProperty": Text("equivalent to", "等价于"),
        "hasKey": Text("has the key", "以此为键"),
        "intersectionOf": Text("intersection of", "交集"),
        "inverseOf": Text("inverse of", "逆属性"),
        "members": Text("members", "成员"),
        "oneOf": Text("one of", "其中之一"),
        "propertyChainAxiom": Text("is made up of", "由以下各步构成"),
        "sameAs": Text("same as", "等同于"),
        "unionOf": Text("union of", "并集"),
    },
    RDFS: {
        "comment": Text("comment", "注释"),
        "domain": Text("domain", "定义域"),
        "range": Text("range", "值域"),
        "seeAlso": Text("see also", "参见"),
        "subClassOf": Text("subclass of", "上位类"),
        "subPropertyOf": Text("subproperty of", "上位属性"),
    },
    SH: {
        "class": Text("required as a class by", "所约束的值类"),
        "path": Text("path of the shape", "形状的路径"),
        "targetClass": Text("target of the shape", "形状的目标类"),
        "targetObjectsOf": Text("target of the shape", "形状的目标"),
        "targetSubjectsOf": Text("target of the shape", "形状的目标"),
    },
    SKOS: {
        "Concept": Text("concept", "概念"),
        "broader": Text("broader", "上位概念"),
        "definition": Text("definition", "定义"),
        "exactMatch": Text("matches", "对应"),
        "inScheme": Text("in the scheme", "所属概念体系"),
        "note": Text("note", "说明"),
        "scopeNote": Text("scope note", "范围说明"),
    },
}
WORDS = {RDF_TYPE: IS_A} | {
    NamedNode(namespace + name): text
    for namespace, texts in _NAMED.items()
    for name, text in texts.items()
}
