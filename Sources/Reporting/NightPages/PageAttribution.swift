import Quantities

/// What moved a member's requirements and add-ons since the night before, in one call currency: sums over its accounts
/// (methodology §13). What was reported, its correction and the effects add up to today's figure.
package struct PageAttribution: Sendable {
    /// A part of the change; the raw value is its name on the page and the column of the report attribution.
    package enum Effect: String, CaseIterable, Sendable {
        case correction, time, positions, prices, volatilities, parameters
        case statics = "static"
    }

    package let businessDateBefore: BusinessDate
    /// What was reported the night before.
    package let before: Money
    /// Of every effect.
    package let effects: [Effect: Money]
    package let today: Money

    package init(businessDateBefore: BusinessDate, before: Money, effects: [Effect: Money], today: Money) {
        self.businessDateBefore = businessDateBefore
        self.before = before
        self.effects = effects
        self.today = today
    }

    /// The effects that did something, in their order.
    var moved: [(effect: Effect, amount: Money)] {
        Effect.allCases.compactMap { effect in
            effects[effect].flatMap { $0.minorUnits == 0 ? nil : (effect: effect, amount: $0) }
        }
    }
}

extension PageAttribution.Effect {
    /// What links to its row.
    fileprivate var anchor: String { "moved-\(rawValue)" }
}

extension MemberPage {
    mutating func writeAttributions(to html: inout HTMLWriter) {
        guard let first = content.attributions.first else { return }
        html.element("h2", text: "What moved since \(first.businessDateBefore)")
        html.newLine()
        html.element("div", ["class": "beside"]) { html in
            html.element("div") { html in
                for attribution in content.attributions { attribution.draw(into: &html) }
            }
            write(Self.table(of: content.attributions), to: &html)
        }
    }

    private static func table(of attributions: [PageAttribution]) -> PageTable {
        var table = PageTable(
            "Requirement and add-ons but those of stress",
            [.words("Because of")] + attributions.map { .figures("\($0.before.currency.code)") })
        table.add([["the night before"]] + attributions.map { [$0.before.digits] })
        for effect in PageAttribution.Effect.allCases
        where attributions.contains(where: { $0.effects[effect]?.minorUnits != 0 }) {
            table.add(
                [[effect.rawValue]] + attributions.map { [$0.effects[effect]?.digits ?? "–"] }, anchor: effect.anchor)
        }
        table.add([["change"]] + attributions.map { [($0.today - $0.before).digits] }, anchor: "moved-in-all")
        table.add([["this night"]] + attributions.map { [$0.today.digits] }, isMarked: true)
        return table
    }
}

extension PageAttribution {
    /// How wide its drawing is, in pixels: the table stands beside it.
    private static let width = 430.0

    /// The change as a waterfall from nothing; nothing where nothing moved.
    fileprivate func draw(into html: inout HTMLWriter) {
        guard !moved.isEmpty else { return }
        let code = "\(before.currency.code)"
        let steps = moved.map { WaterfallChart.Step($0.effect.rawValue, $0.amount, anchor: $0.effect.anchor) }
        WaterfallChart(
            id: "moved-\(code)", width: Self.width, title: "What moved requirement and add-ons in \(code)",
            description:
                "A bar an effect, from the night before to this one, and the change in all. The table beside it "
                + "has the figures.",
            steps: steps + [.init("change", today - before, anchor: "moved-in-all", isSum: true)]
        ).draw(into: &html)
    }
}
