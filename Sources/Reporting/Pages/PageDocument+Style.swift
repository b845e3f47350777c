extension PageDocument {
    /// Light on screen and on A4; drawings are as wide as the print leaves, so that nothing is scaled.
    static let rules: StaticString = """

        @page { size: A4; margin: 14mm 12mm; }
        :root { color-scheme: light; }
        * { box-sizing: border-box; }
        body { margin: 0; background: #fff; color: #1b1b1b; font: 12px/1.45 "Liberation Sans", Arial, sans-serif; }
        main { width: 700px; margin: 0 auto; padding: 20px 0; }
        h1 { font-size: 20px; line-height: 1.2; margin: 0 0 10px; }
        h2 { font-size: 15px; margin: 24px 0 4px; break-after: avoid; }
        p { margin: 0 0 8px; }
        h2 + p { break-after: avoid; }
        .lead { font-size: 13px; border-left: 3px solid #b3261e; padding-left: 9px; margin: 12px 0 0; }
        .lead.holds { border-color: #2e6b34; }
        dl { display: grid; grid-template-columns: repeat(4, 1fr); gap: 6px 12px; margin: 0; padding: 8px 0;
          border-top: 1px solid #8a8a8a; border-bottom: 1px solid #8a8a8a; }
        dt { color: #555; font-size: 10.5px; }
        dd { margin: 0; font-weight: bold; overflow-wrap: anywhere; }
        figure { margin: 8px 0; break-inside: avoid; }
        svg { display: block; }
        svg text { font: 10px "Liberation Mono", "Courier New", monospace; fill: #1b1b1b; white-space: pre; }
        svg .axis { fill: #555; }
        svg .note { fill: #555; font-style: italic; }
        svg .over { fill: #b3261e; font-weight: bold; }
        svg .head { font-weight: bold; }
        svg .light { fill: #fff; }
        .tick { stroke: #dcdcdc; stroke-width: 1; }
        .stem { stroke: #9a9a9a; stroke-width: 1; }
        .fund { stroke: #b3261e; stroke-width: 1.5; }
        .rank-0 { fill: #1d4e7c; } .rank-1 { fill: #4178ad; } .rank-2 { fill: #84aed3; }
        .rank-3 { fill: #b5cfe6; } .rank-4 { fill: #dbe7f2; }
        .bound { fill: #fff; stroke: #555; stroke-dasharray: 3 2; }
        .broken { fill: #fbeceb; }
        .dot { fill: #1d4e7c; } .inside-one { fill: #b3261e; }
        .arrow { fill: #555; }
        .box { fill: #f4f4f4; stroke: #8a8a8a; } .defaulting { fill: #fbeceb; stroke: #b3261e; }
        .shortfall { fill: #1d4e7c; } .left { fill: #fff; stroke: #2e6b34; }
        table { border-collapse: collapse; width: 100%; margin: 8px 0 12px; font-size: 10px; line-height: 1.35;
          font-variant-numeric: tabular-nums; }
        caption { text-align: left; color: #555; padding-bottom: 3px; break-after: avoid; }
        table.dense { font-size: 8.5px; } table.densest { font-size: 7px; }
        th, td { padding: 2px 4px; vertical-align: top; unicode-bidi: isolate; }
        tbody { border-bottom: 1px solid #dcdcdc; break-inside: avoid; }
        thead { break-after: avoid; }
        thead th { border-bottom: 1px solid #555; vertical-align: bottom; }
        .words { text-align: left; overflow-wrap: anywhere; }
        .name { text-align: left; white-space: nowrap; }
        .figure { text-align: right; white-space: nowrap; }
        tbody th { font-weight: normal; }
        .marked th, .marked td { font-weight: bold; background: #f4f4f4; }
        footer { margin-top: 20px; padding-top: 8px; border-top: 1px solid #8a8a8a; color: #444; font-size: 11px; }
        @media print { main { padding: 0; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }

        """
}
