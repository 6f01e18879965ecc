"""The graph as a web site: pages that are values, and templates that write them.

A kind of page is a module with a function `pages(material)` that makes `Page` values,
and a template that writes their content. To add one:

1. Write the content as a frozen dataclass of terms and texts in no language, in a
   module of its own, and `pages`, which gives each its address; see `things`.
2. Write its template in `templates/`, beginning with `{% extends "base.html" %}`; the
   content is `content`, and `pen` writes terms and links in the language of the page:
   `pen.t("English", "中文")`, `pen.link(node)`, `pen.href("event/index")`; see `Pen`.
3. Add its `pages` to the kinds in `build`.

Where the page of a node is says `Addresses`; nothing else knows it.
"""
