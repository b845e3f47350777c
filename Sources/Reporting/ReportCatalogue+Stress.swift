/// The reports of stress (methodology §8); a run that was not stressed has none.
extension ReportCatalogue {
    /// A member's own, and the house's; lists by scenario have `scenarioCount` values, at least 1.
    package static func stress(scenarioCount: Int) -> [ReportLayout] {
        let values = ReportColumn.Kind.decimals(count: scenarioCount)
        return [
            ReportLayout(
                "stress", for: .member,
                columns: [
                    .init("member", .text), .init("figure", .text), .init("account", .text), .init("owner", .text),
                    .init("currency", .text), .money("cover", isOptional: true), .exact("amount", isOptional: true),
                    .money("no_offset", isOptional: true), .init("minor_unit_decimals", .integer),
                    .init("scenario", values),
                ]),
            ReportLayout(
                "stress-arrays", for: .run,
                columns: [
                    .init("combined_commodity", .text), .isSynthetic, .init("currency", .text), .init("series", .text),
                    .init("stress_set", .text), .init("array_decimals", .integer), .init("stress_array", values),
                ]),
            ReportLayout(
                "stress-exposures", for: .run,
                columns: [
                    .init("member", .text), .init("account", .text), .init("owner", .text), .init("unit", .text),
                    .init("currency", .text), .money("cover"), .money("no_offset_exposure"),
                    .init("minor_unit_decimals", .integer), .init("exposure", values),
                ]),
            ReportLayout(
                "stress-units", for: .run,
                columns: [
                    .init("member", .text), .init("member_group", .text), .init("unit", .text),
                    .init("currency", .text), .money("cover"), .money("no_offset_exposure"),
                    .money("no_offset_shortfall"), .init("minor_unit_decimals", .integer), .init("shortfall", values),
                ]),
            coverTwo, reverseStress, secondRound, secondRoundImpacts, secondRoundMembers,
        ]
    }

    /// Whether a report is one of these.
    package static func isOfStress(_ layout: ReportLayout) -> Bool {
        stress(scenarioCount: 1).contains { $0.name == layout.name }
    }

    /// What the guaranty fund would have to bear in each scenario; number 0 is the bound without offsets.
    private static let coverTwo = ReportLayout(
        "cover-two", for: .run,
        columns: [
            .init("scenario_number", .integer), .init("scenario", .text), .init("kind", .text),
            .init("is_maximum", .flag), .init("member_groups", .text), .init("currency", .text),
            .money("total_exposure"), .money("total_cover"), .money("cover_one"), .money("cover_two"),
            .money("mutualised"), .money("fund"), .init("sufficiency", .decimal, isOptional: true),
            .init("is_sufficient", .flag), .init("contributions_exceed_fund", .flag),
        ])

    /// The multiple of each scenario's moves at which the fund breaks.
    private static let reverseStress = ReportLayout(
        "reverse-stress", for: .run,
        columns: [
            .init("scenario_number", .integer), .init("scenario", .text), .init("status", .text),
            .init("is_smallest", .flag), .init("currency", .text), .exact("multiplier", isOptional: true),
            .money("cover_two", isOptional: true), .init("member_groups", .text), .init("reason", .text),
        ])

    /// A default followed through the others, round by round.
    private static let secondRound = ReportLayout(
        "second-round", for: .run,
        columns: [
            .init("round", .integer), .init("scenario_number", .integer), .init("scenario", .text),
            .init("member_groups", .text), .init("currency", .text), .money("shortfall"), .money("fund_left"),
            .init("cap_reached", .flag), .init("reason", .text),
        ])

    /// What closing the defaulters out does to prices, round by round.
    private static let secondRoundImpacts = ReportLayout(
        "second-round-impacts", for: .run,
        columns: [
            .init("round", .integer), .init("combined_commodity", .text), .isSynthetic, .init("net_delta", .decimal),
            .exact("price_move"), .init("participation", .decimal, isOptional: true),
            .init("is_more_than_volume", .flag),
        ])

    /// What the survivors would have to find, round by round.
    private static let secondRoundMembers = ReportLayout(
        "second-round-members", for: .run,
        columns: [
            .init("round", .integer), .init("member", .text), .init("member_group", .text), .init("currency", .text),
            .money("need"), .money("uncovered"), .money("resource"), .init("defaults", .flag),
        ])
}
