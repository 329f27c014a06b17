"""What a click opens. The browser keeps it at once, by itself: a list drawn again meanwhile would lose an answer."""

from __future__ import annotations

from dash import ALL, ClientsideFunction, Input, Output

from callbacks.policies import Guarded


def register_choice(app: Guarded, chosen: str, link: str, names: str) -> None:
    """Keep which of many links was clicked last.

    Parameters
    ----------
    app : Guarded
    chosen : str
        The store that keeps it.
    link : str
        The type of the links' identities.
    names : str
        The key of their identities that says which one it is; what it holds is kept as it is.
    """
    app.clientside_callback(
        ClientsideFunction("marcador", "choose"),
        Output(chosen, "data"),
        Input({"type": link, names: ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
