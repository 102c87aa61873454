"""Where keys lead in a grid of tiles."""

from PySide6.QtWidgets import QAbstractItemView

from duskreel.ui.diary.grid_layout import GridLayout

_MOVES = QAbstractItemView.CursorAction


def led_to(
    layout: GridLayout, action: QAbstractItemView.CursorAction, row: int, top_px: int, height_px: int
) -> int | None:
    """The number of the tile that a key leads to; None if there is none at all.

    Args:
        layout: of the tiles.
        action: what the key means.
        row: of the tile with the focus; -1 leads to the first one in sight.
        top_px: how far it is scrolled.
        height_px: of what is in sight.
    """
    if not layout.count:
        return None
    if row < 0:
        return layout.between(top_px, top_px + 1).start
    return min(max(_unbounded(layout, action, row, layout.rows_in(height_px)), 0), layout.count - 1)


def _unbounded(layout: GridLayout, action: QAbstractItemView.CursorAction, row: int, page: int) -> int:
    rows = {_MOVES.MoveUp: -1, _MOVES.MoveDown: 1, _MOVES.MovePageUp: -page, _MOVES.MovePageDown: page}
    steps = {_MOVES.MoveLeft: -1, _MOVES.MovePrevious: -1, _MOVES.MoveRight: 1, _MOVES.MoveNext: 1}
    ends = {_MOVES.MoveHome: 0, _MOVES.MoveEnd: layout.count - 1}
    if action in rows:
        return layout.moved(row, rows[action])
    return ends[action] if action in ends else row + steps[action]
