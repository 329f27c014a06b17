"""What the demo company's customers write: invented sentences, by moment and mood."""

from __future__ import annotations

PRAISE: dict[str, tuple[str, ...]] = {
    "Descubrir": ("Os encontré por un compañero y acertó.", "La web explica bien para qué sirve cada pieza."),
    "Pedir oferta": ("La oferta llegó en una hora y sin letra pequeña.", "Precio claro a la primera."),
    "Decidir": ("El comercial me quitó de la cabeza lo que no necesitaba.", "Me dejasteis probar antes de decidir."),
    "Hacer el pedido": ("Repetir el pedido son dos clics.", "Pedí a las ocho y a las ocho y cinco estaba confirmado."),
    "Esperar": ("Supe en todo momento dónde estaba el pedido.", "Avisasteis del retraso antes de que lo notara."),
    "Recibir": ("Llegó cuando dijisteis y el embalaje, impecable.", "El repartidor lo dejó donde hacía falta."),
    "Comprobar": ("Todo completo y bien etiquetado.", "Ni una pieza cambiada en todo el año."),
    "Usar": ("Montado y funcionando la misma mañana.", "La pieza dura el doble que la anterior."),
    "Pagar": ("Una sola factura al mes: gracias.", "La factura coincide con el albarán, por fin."),
    "Resolver una duda": ("Me llamó quien sabía, no quien estaba libre.", "La duda resuelta en una llamada."),
    "Reclamar": ("Os equivocasteis y lo arreglasteis el mismo día.", "Pedisteis perdón y cambiasteis la pieza."),
    "Volver a comprar": ("Vuelvo porque cumplís.", "No he vuelto a pedir precio a nadie más."),
}

COMPLAINT: dict[str, tuple[str, ...]] = {
    "Descubrir": ("Cuesta encontrar la referencia en la web.", "El catálogo está desfasado."),
    "Pedir oferta": ("Tres días para una oferta de cuatro líneas.", "Tuve que pedir la oferta dos veces."),
    "Decidir": ("Nadie supo decirme cuál de las dos me servía.", "Demasiadas opciones y poca ayuda."),
    "Hacer el pedido": ("La web se queda colgada al confirmar.", "Pedí dos cajas y apuntasteis doce."),
    "Esperar": ("Nadie llama para decir que el camión no llega hoy.", "Una semana sin saber nada del pedido."),
    "Recibir": ("El palé llegó abierto.", "Lo dejaron en la calle lloviendo."),
    "Comprobar": ("Faltaban tres piezas y el albarán decía que no.", "Las etiquetas no coinciden con lo pedido."),
    "Usar": ("La pieza no encaja con la ficha técnica.", "Sin instrucciones en castellano."),
    "Pagar": ("Cuatro facturas para un solo pedido.", "El abono tardó dos meses."),
    "Resolver una duda": ("Me pasaron por cuatro personas.", "Nadie devuelve las llamadas."),
    "Reclamar": ("Sigo esperando respuesta a mi reclamación.", "Tuve que mandar las fotos tres veces."),
    "Volver a comprar": ("Volveré si no queda otro remedio.", "Cada vez me atiende alguien distinto."),
}

PASSING = (
    "Correcto, sin más.",
    "Bien, aunque el plazo podría ser mejor.",
    "Cumple, pero no sorprende.",
    "Ni bien ni mal.",
)
