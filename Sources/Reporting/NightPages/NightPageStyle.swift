/// What the pages of a night have beside the style of every page.
enum NightPageStyle {
    /// Tighter than the other pages, so that an ordinary member's night prints on two sheets.
    static let rules: StaticString = """

        @page { size: A4; margin: 10mm 12mm; }
        body { font-size: 11px; line-height: 1.3; }
        main { padding: 12px 0; }
        h1 { font-size: 18px; margin: 0 0 6px; }
        dl { padding: 4px 0; }
        h2 { font-size: 13px; margin: 9px 0 2px; }
        p { margin: 0 0 4px; }
        .lead { font-size: 12px; margin: 6px 0 0; }
        .note { color: #555; margin: 5px 0 0; }
        figure { margin: 2px 0; }
        table { font-size: 9px; line-height: 1.2; margin: 3px 0 4px; }
        table.dense { font-size: 8px; } table.densest { font-size: 7px; }
        th, td { padding: 1px 3px 0; }
        caption { padding-bottom: 1px; }
        a { color: inherit; text-decoration-color: #9a9a9a; }
        .beside { display: grid; grid-template-columns: 430px 1fr; gap: 14px; align-items: start;
          break-inside: avoid; }
        .pair { display: grid; grid-auto-flow: column; grid-auto-columns: 1fr; gap: 14px; align-items: start; }
        tbody:target { outline: 2px solid #1d4e7c; }
        .zero { stroke: #555; stroke-width: 1; }
        .added { fill: #1d4e7c; } .saved { fill: #2e6b34; } .sum { fill: #555; }
        .line-margin { fill: none; stroke: #1d4e7c; stroke-width: 1.5; } .dot-margin, .key-margin { fill: #1d4e7c; }
        .line-posted { fill: none; stroke: #2e6b34; stroke-width: 1.5; } .dot-posted, .key-posted { fill: #2e6b34; }
        .called, .key-called { fill: #b3261e; }

        """
}
