"""《电子商务平台落实法定责任行为规范》 as data: its text, its duties, its parameters."""

from gongping.norm.catalogue import Article, Chapter, Citation, Duty, Law, Norm, Paragraph, Parameter, UnknownDuty, load

__all__ = [
    "Article",
    "Chapter",
    "Citation",
    "Duty",
    "Law",
    "Norm",
    "Paragraph",
    "Parameter",
    "UnknownDuty",
    "load",
]
