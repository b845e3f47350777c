extension ReportCatalogue {
    /// What makes requirements smaller, for members who want it (methodology §6.11): computed from the published
    /// arrays and the book where it is written.
    static let trades = [releasedMargin, reducingTrades]

    /// Whether a report is one of them.
    package static func isOfTrades(_ layout: ReportLayout) -> Bool { trades.contains { $0.name == layout.name } }

    /// What closing each position would release, whole and by one contract, and its part of the scanning risk.
    package static let releasedMargin = ReportLayout(
        "released-margin", for: .member,
        columns: [
            .init("member", .text), .init("account", .text), .init("call_currency", .text),
            .init("owner", .text, .lookedUp()), .init("series", .text, .lookedUp()),
            .init("quantity", .integer, .lookedUp()),
            .init("released_by_closing", .decimal, .lookedUp()),
            .init("released_by_one_contract", .decimal, .lookedUp()),
            .init("scan_share", .decimal, .lookedUp(), isOptional: true), .init("currency", .text, .lookedUp()),
        ])

    /// The trades of one contract that would lower each account's requirement most.
    package static let reducingTrades = ReportLayout(
        "reducing-trades", for: .member,
        columns: [
            .init("member", .text), .init("account", .text), .init("call_currency", .text),
            .init("rank", .integer, .lookedUp()),
            .init("owner", .text, .lookedUp()), .init("series", .text, .lookedUp()),
            .init("quantity", .integer, .lookedUp()), .init("lowers_by", .decimal, .lookedUp()),
            .init("requirement_after", .decimal, .lookedUp()),
        ])
}
