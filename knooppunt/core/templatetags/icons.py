"""Our own small drawings, on a field of 24 by 24."""

PATHS = {
    "house": '<path d="M4 11l8-7 8 7v9h-5v-6H9v6H4z"/>',
    "garden": '<path d="M12 21v-9M12 12c0-4 3-7 8-7 0 5-3 8-8 7zM12 15c0-3-2-5-7-5 0 4 3 6 7 5z"/>',
    "palette": '<path d="M12 4a8 8 0 100 16c2 0 2-2 1-3s0-3 2-3h3c1 '
    '0 2-1 2-3 0-4-4-7-8-7z"/><path d="M8 '
    '10h.1M12 7.5h.1M16 9h.1"/>',
    "swing": '<path d="M4 20L8 4h8l4 16M10 4v11h4V4M9 15h6"/>',
    "door": '<path d="M6 21V4h10v17M3 21h18M13 12h.1"/>',
    "sofa": '<path d="M5 12V8c0-1 1-2 2-2h10c1 0 2 1 2 2v4M3 12c0-1 2-1 2 0v3h14v-3c0-1 2-1 2 '
    '0v6H3zM6 18v2M18 18v2"/>',
    "people": '<path d="M9 11a3 3 0 100-6 3 3 0 000 6zM3 20c0-4 3-6 6-6s6 2 6 6zM16 11a2.5 2.5 0 '
    '100-5M17 14c3 0 4 3 4 6h-3"/>',
    "ball": '<path d="M12 4a8 8 0 100 16 8 8 0 000-16zM12 8l4 3-1.5 4.5h-5L8 11z"/>',
    "street": '<path d="M3 20V9l4-4 4 4v11M11 20V9l4-4 6 4v11M2 '
    '20h20M6 12h2M6 16h2M15 12h2M15 16h2"/>',
    "network": '<path d="M12 8a2.5 2.5 0 100-5 2.5 2.5 0 000 5zM5 '
    "20a2.5 2.5 0 100-5 2.5 2.5 0 000 5zM19 "
    '20a2.5 2.5 0 100-5 2.5 2.5 0 000 5zM11 8l-4.5 7M13 8l4.5 7M8 17.5h8"/>',
    "building": '<path d="M5 21V4h14v17M3 21h18M9 8h2M13 8h2M9 12h2M13 12h2M10 21v-4h4v4"/>',
    "coin": '<path d="M12 4a8 8 0 100 16 8 8 0 000-16zM15 9c-3-2-6 0-6 3s3 5 6 3M8 11h5M8 13h5"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10h16M8 3v5M16 3v5"/>',
    "hands": '<path d="M12 20s-8-5-8-10c0-4 6-5 8-1 2-4 8-3 8 1 0 5-8 10-8 10z"/>',
    "book": '<path d="M12 6c-2-2-5-2-8-1v14c3-1 6-1 8 1 2-2 5-2 8-1V5c-3-1-6-1-8 1zM12 6v14"/>',
    "meal": '<path d="M6 3v7c0 2 4 2 4 0V3M8 3v18M16 21v-8c-3-2-2-8 1-10v18"/>',
    "cup": '<path d="M5 9h11v6c0 3-2 4-5 4s-6-1-6-4zM16 10h2c3 0 3 5 0 5h-2M8 3v3M12 3v3"/>',
    "hand": '<path d="M3 14l4-3 4 2h4c2 0 2 2 0 2h-4M15 14l4-2c2-1 3 1 1 2l-7 5-6-1-4 2"/>',
    "party": '<path d="M4 20l5-12 7 7zM14 4c2 1 2 3 1 4M20 '
    '10c-1-1-3-1-4 0M19 4h.1M12 6h.1M20 15h.1"/>',
    "talk": '<path d="M4 5h11v8H9l-3 3v-3H4zM18 9h2v7h-2v3l-3-3h-4"/>',
    "feed": '<path d="M5 19h.1M5 12a7 7 0 017 7M5 5a14 14 0 0114 14"/>',
    "free": '<path d="M12 4a8 8 0 100 16 8 8 0 000-16zM8 12l3 3 5-6"/>',
    "off": '<path d="M5 5l14 14M19 5L5 19"/>',
    "screen": '<path d="M3 5h18v11H3zM9 20h6M12 16v4"/>',
    "food": '<path d="M6 3v7c0 2 4 2 4 0V3M8 3v18M16 21v-8c-3-2-2-8 1-10v18"/>',
    "law": '<path d="M12 3v18M6 21h12M5 7h14M5 7l-3 7h6zM19 7l-3 7h6z"/>',
    "figures": '<path d="M4 20V4M4 20h17M8 20v-6M13 20V8M18 20v-9"/>',
    "what": '<path d="M12 4a8 8 0 100 16 8 8 0 000-16zM12 11v5M12 8h.1"/>',
    "where": '<path d="M12 21c-4-5-6-8-6-11a6 6 0 0112 0c0 3-2 6-6 11zM12 12a2 2 0 100-4 2 2 0 000 '
    '4z"/>',
    "when": '<path d="M12 4a8 8 0 100 16 8 8 0 000-16zM12 8v4l3 2"/>',
    "forwhom": '<path d="M12 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM5 20c0-4 3-6 7-6s7 2 7 6z"/>',
    "who": '<path d="M9 11a3 3 0 100-6 3 3 0 000 6zM3 20c0-4 3-6 6-6s6 2 6 6zM16 11a2.5 2.5 0 '
    '100-5M17 14c3 0 4 3 4 6h-3"/>',
    "check": '<path d="M4 12l5 6L20 6"/>',
    "warn": '<path d="M12 4l9 16H3zM12 10v4M12 17h.1"/>',
    "sound": '<path d="M4 10v4h3l4 4V6l-4 4zM14 9c2 2 2 4 0 6M17 6c4 4 4 8 0 12"/>',
    "search": '<path d="M10 4a6 6 0 100 12 6 6 0 000-12zM15 15l6 6"/>',
    "print": '<path d="M7 9V4h10v5M5 9h14v8h-2v3H7v-3H5zM7 14h10"/>',
    "pencil": '<path d="M4 20l1-5L16 4l4 4L9 19zM14 6l4 4"/>',
    "phone": '<path d="M6 4h4l1 5-2 1c1 3 2 4 5 5l1-2 5 1v4c0 1-1 '
    '2-2 2C10 20 4 14 4 6c0-1 1-2 2-2z"/>',
    "mail": '<path d="M3 6h18v13H3zM3 7l9 7 9-7"/>',
    "wheelchair": '<path d="M10 6a1.5 1.5 0 100-3 1.5 1.5 0 000 3zM10 '
    '8v6h6l3 6M10 10h5M8 11a5 5 0 106 7"/>',
    "arrow": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "language": '<path d="M12 4a8 8 0 100 16 8 8 0 000-16zM4 12h16M12 4c3 2 4 5 4 8s-1 6-4 '
    '8c-3-2-4-5-4-8s1-6 4-8z"/>',
    "more": '<path d="M5 12h.1M12 12h.1M19 12h.1" stroke-width="3.4"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "undo": '<path d="M8.5 5 4 9.5 8.5 14M4.5 9.5H14a5.5 5.5 0 0 1 0 11h-3"/>',
}
