/// The reports of what moved requirements and add-ons since the night before (methodology §13), of a house that wants
/// them.
extension ReportCatalogue {
    /// A member's own, the house's with the same rows, and the rows of parameters that changed, which are for all.
    package static let ofChange = [
        ReportLayout("attribution", for: .member, columns: changeColumns),
        ReportLayout("house-attribution", for: .run, columns: changeColumns),
        ReportLayout(
            "attribution-interaction", for: .member,
            columns: [
                .init("member", .text), .init("account", .text), .init("figure", .text), .init("call_currency", .text),
                .init("effect", .text), .money("forward", in: "call_currency"), .money("reverse", in: "call_currency"),
                .money("interaction", in: "call_currency"),
            ]),
        ReportLayout(
            "attribution-positions", for: .member,
            columns: [
                .init("member", .text), .init("account", .text), .init("owner", .text), .init("series", .text),
                .init("long_yesterday", .integer), .init("short_yesterday", .integer), .init("long_today", .integer),
                .init("short_today", .integer),
            ]),
        ReportLayout(
            "attribution-weights", for: .member,
            columns: [
                .init("member", .text), .init("account", .text), .init("effect", .text), .init("rank", .integer),
                .init("series", .text), .init("quantity", .integer), .exact("yesterday"), .exact("today"),
                .init("call_currency", .text), .money("weight", in: "call_currency"),
            ]),
        ReportLayout(
            attributionParameters, for: .run,
            columns: [
                .init("table_name", .text), .init("row_key", .text), .init("column_name", .text),
                .init("change", .text), .init("yesterday", .text, isOptional: true),
                .init("today", .text, isOptional: true),
            ]),
    ]

    /// Whether a report is one of these.
    package static func isOfChange(_ layout: ReportLayout) -> Bool { ofChange.contains { $0.name == layout.name } }

    static let attributionParameters = "attribution-parameters"

    /// One figure of an account on both nights, and what lies between them.
    private static let changeColumns: [ReportColumn] = [
        .init("member", .text), .init("account", .text), .init("figure", .text), .init("call_currency", .text),
        .init("reason", .text), .init("business_date_before", .date), .init("run_number_before", .integer),
        amount("reported_yesterday"), amount("correction"), amount("yesterday"), amount("time"), amount("positions"),
        amount("prices"), amount("volatilities"), amount("parameters"), amount("static"), amount("today"),
        amount("interaction"), .init("interaction_effect", .text, isOptional: true),
    ]

    private static func amount(_ name: String) -> ReportColumn { .money(name, in: "call_currency", isOptional: true) }
}
