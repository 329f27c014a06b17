"""Themes to begin with, in the words of customers of any trade, Spanish and English together."""

from __future__ import annotations

from dashboard.themes import Theme

STARTERS = (
    Theme(
        "delivery",
        "",
        (
            *(
                "plazo*",
                "entreg*",
                "tard*",
                "retras*",
                "lleg*",
                "camion",
                "reparto",
                "repartidor*",
                "a tiempo",
                "espera*",
            ),
            *("deliver*", "late", "delay*", "arriv*", "on time", "waiting for", "shipment*"),
        ),
    ),
    Theme(
        "information",
        "",
        (
            *("avis*", "inform*", "comunic*", "explic*", "nadie llama", "sin saber", "no saber", "supe", "confirmad*"),
            *("told", "inform*", "communicat*", "updat*", "explain*", "nobody called", "confirm*"),
        ),
    ),
    Theme(
        "people",
        "",
        (
            *("trato", "amable*", "atiend*", "atend*", "atencion", "comercial", "personal", "profesional*", "persona*"),
            *("staff", "helpful", "polite", "rude", "friendly", "advisor*", "agent*", "person"),
        ),
    ),
    Theme(
        "price",
        "",
        (
            *("precio*", "caro", "cara", "barat*", "cost*", "coste*", "oferta*", "descuento*"),
            *("price*", "expensive", "cheap*", "discount*", "quote*", "value"),
        ),
    ),
    Theme(
        "invoice",
        "",
        (
            *("factur*", "abono*", "cobr*", "pago*", "pagar", "albaran*"),
            *("invoice*", "bill*", "refund*", "charg*", "payment*", "delivery note*"),
        ),
    ),
    Theme(
        "product",
        "",
        (
            *(
                "pieza*",
                "producto*",
                "material*",
                "calidad",
                "rot*",
                "defect*",
                "embalaj*",
                "etiquet*",
                "pale",
                "falt*",
            ),
            *("product*", "part", "parts", "quality", "broken", "faulty", "packag*", "missing"),
        ),
    ),
    Theme(
        "ease",
        "",
        (
            *("facil*", "dificil*", "complicad*", "web", "pedido*", "pedir", "clic*", "catalogo", "referencia*"),
            *("easy", "difficult", "website", "online", "order*", "app", "catalogue"),
        ),
    ),
    Theme(
        "solving",
        "",
        (
            *("reclam*", "queja*", "devol*", "devuel*", "duda*", "problema*", "arregl*", "solucion*", "respuesta*"),
            *("complain*", "problem*", "fix*", "solv*", "return*", "call back", "called back", "resolved"),
        ),
    ),
)
"""Their names are in the catalogues, by key."""
