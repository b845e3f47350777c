/// The reports of the next business date if nothing moves (methodology §11.6), of a house that wants them.
extension ReportCatalogue {
    /// A member's own, the house's with the same rows, and who will be called.
    package static let ofTomorrow = [
        ReportLayout("tomorrow", for: .member, columns: tomorrowColumns),
        ReportLayout("house-tomorrow", for: .run, columns: tomorrowColumns),
        ReportLayout(
            "tomorrow-calls", for: .run,
            columns: [
                .init("call_currency", .text), .init("member", .text), .init("account", .text),
                .init("next_business_date", .date), .money("call_amount", in: "call_currency"),
                .init("due_date", .date), .money("tonight_call_amount", in: "call_currency", isOptional: true),
                .money("margin_change", in: "call_currency", isOptional: true),
                .money("unpaid_variation_margin", in: "call_currency"),
                .money("collateral_change", in: "call_currency", isOptional: true),
            ]),
    ]

    /// Whether a report is one of these.
    package static func isOfTomorrow(_ layout: ReportLayout) -> Bool {
        ofTomorrow.contains { $0.name == layout.name }
    }

    /// What became of calls (methodology §11.7), of a house that records it: a member's own, and the house's.
    package static let ofCallStatus = [
        ReportLayout("call-status", for: .member, columns: callStatusColumns),
        ReportLayout("house-call-status", for: .run, columns: callStatusColumns),
    ]

    /// Whether a report is one of what became of calls.
    package static func isOfCallStatus(_ layout: ReportLayout) -> Bool {
        ofCallStatus.contains { $0.name == layout.name }
    }

    private static let callStatusColumns: [ReportColumn] = [
        .init("member", .text), .init("account", .text), .init("call_date", .date), .init("call_currency", .text),
        .money("call_amount", in: "call_currency"), .money("met_amount", in: "call_currency"),
        .money("open_amount", in: "call_currency"), .init("due_date", .date), .init("age_days", .integer),
        .init("state", .text), .init("taken_up_on", .date, isOptional: true),
    ]

    /// The next date's call, and of tonight's what it is compared with.
    private static let tomorrowColumns: [ReportColumn] = [
        .init("member", .text), .init("account", .text), .init("origin", .text), .init("call_currency", .text),
        .init("next_business_date", .date), .init("parameter_set", .text),
        .money("requirement", in: "call_currency"), .money("add_ons", in: "call_currency"),
        .money("unpaid_variation_margin", in: "call_currency"), .money("collateral_value", in: "call_currency"),
        .money("intraday_collected", in: "call_currency"), .money("deficit", in: "call_currency"),
        .money("call_amount", in: "call_currency"), .money("return_amount", in: "call_currency"),
        .init("reason_code", .text), .init("due_date", .date),
        .money("tonight_requirement", in: "call_currency", isOptional: true),
        .money("tonight_add_ons", in: "call_currency", isOptional: true),
        .money("tonight_unpaid_variation_margin", in: "call_currency", isOptional: true),
        .money("tonight_collateral_value", in: "call_currency", isOptional: true),
        .money("tonight_call_amount", in: "call_currency", isOptional: true),
    ]
}
