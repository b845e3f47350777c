import ClearingModel
import EndOfDay
import Quantities
import Runtime
import Storage

/// What a clearing house discloses of a quarter: figures of its published nights with average, peak and end, what its
/// margins covered and how they moved by its backtests, and which nights there were (docs/reports.md).
package struct QuarterlyDisclosure: Sendable {
    /// One figure over the nights of the quarter.
    package struct Figure: Sendable, Encodable {
        /// Number of the CPMI-IOSCO template's item, to the second level.
        package let item: String
        package let figure: String
        /// house, client or total.
        package let scope: String
        package let currency: String
        /// Nights it is of: all published ones, of stress those that were stressed.
        package let nights: Int
        /// Amounts with the currency's decimals; the average is rounded half away from zero.
        package let average: String
        package let peak: String
        /// The first night with the peak.
        package let peakDate: String
        package let end: String
        package let endDate: String
        /// On how many of the nights it was above 0.
        package let nightsAboveZero: Int
    }

    /// One business day of the quarter.
    package struct Night: Sendable, Encodable {
        package let businessDate: String
        /// The published run; nil where there is none.
        package let run: Int32?
        /// published or missing.
        package let state: String
    }

    package let quarter: Quarter
    package let figures: [Figure]
    package let measures: [DisclosedMeasure]
    package let nights: [Night]

    package var missing: [String] { nights.filter { $0.run == nil }.map(\.businessDate) }
    package var backtests: [String] { Set(measures.map(\.backtest)).sorted() }

    /// Reads a quarter. Linear in its nights and accounts.
    /// - Throws: `Failure` 66 where no night of it is published, one is archived, or the backtest that is named says
    ///   nothing of it.
    package static func load(
        _ quarter: Quarter, backtest: String?, from database: Database
    ) throws -> QuarterlyDisclosure {
        guard let (first, last) = quarter.days else {
            throw Failure(.usage, "\(quarter) is no quarter of the years 1 to 9999")
        }
        let store = DisclosureStore(database)
        let nights = try store.nights(from: first, through: last)
        guard let begin = nights.first(where: { $0.run != nil }) else {
            throw Failure(
                .inputMissing, "no night of \(quarter) is published",
                hint: "margin status --business-date \(nights.first?.0 ?? first)")
        }
        try RunContext.refuseArchived(begin.0, as: .inputMissing, from: database)
        let measures = try store.measures(ofQuarterEnding: last, backtest: backtest)
        if let backtest, measures.isEmpty {
            throw Failure(
                .inputMissing, "no run of backtest \(backtest) has published nights of \(quarter)",
                hint: "margin-backtest --backtest \(backtest)")
        }
        let decimals = try ClearingHouse.currencyDecimals(pinnedAt: .max, from: database)
        let published = nights.filter { $0.run != nil }.map(\.0)
        return QuarterlyDisclosure(
            quarter: quarter, figures: Self.figures(try store.figures(from: first, through: last), published, decimals),
            measures: measures,
            nights: nights.map {
                Night(businessDate: "\($0.0)", run: $0.run, state: $0.run == nil ? "missing" : "published")
            })
    }

    private static func figures(
        _ rows: [NightFigure], _ published: [BusinessDate], _ decimals: [CurrencyCode: Int]
    ) -> [Figure] {
        struct Key: Hashable { let figure: String, scope: String, currency: CurrencyCode }
        let groups = Dictionary(grouping: rows) { Key(figure: $0.figure, scope: $0.scope, currency: $0.currency) }
        return DisclosedItem.allCases.flatMap { item in
            groups.filter { $0.key.figure == item.rawValue }
                .sorted { ($0.key.scope, $0.key.currency) < ($1.key.scope, $1.key.currency) }
                .compactMap { key, rows in
                    let nights = item.isOfStress ? rows.map(\.businessDate) : published
                    let amounts = Dictionary(rows.map { ($0.businessDate, $0.amount) }) { first, _ in first }
                    return Figure(
                        item, scope: key.scope, key.currency, decimals[key.currency] ?? 0,
                        nights.map { (date: $0, amount: amounts[$0] ?? .zero) })
                }
        }
    }
}

/// The figures, in the order of the template; the raw value is the figure's name.
enum DisclosedItem: String, CaseIterable {
    case guarantyFund = "guaranty_fund"
    case stressLossOfOneGroup = "stress_loss_of_one_group"
    case stressLossOfGroups = "stress_loss_of_groups"
    case stressLossAboveFund = "stress_loss_above_fund"
    case initialMarginRequired = "initial_margin_required"
    case addOnsRequired = "add_ons_required"
    case collateralHeld = "collateral_held"
    case variationMarginPaid = "variation_margin_paid"
    case initialMarginCalled = "initial_margin_called"

    /// The item of CPMI-IOSCO's template of 2015, to the second level.
    var item: String {
        switch self {
        case .guarantyFund: "4.1"
        case .stressLossOfOneGroup, .stressLossOfGroups, .stressLossAboveFund: "4.4"
        case .initialMarginRequired, .addOnsRequired: "6.1"
        case .collateralHeld: "6.2"
        case .variationMarginPaid: "6.6, 6.7"
        case .initialMarginCalled: "6.8"
        }
    }

    /// Whether a night without a stress test says nothing of it; of the others such a night has 0.
    var isOfStress: Bool { item.hasPrefix("4.") }
}

extension QuarterlyDisclosure.Figure {
    /// Nil without a night. Each night once, in order.
    init?(
        _ item: DisclosedItem, scope: String, _ currency: CurrencyCode, _ decimals: Int,
        _ nights: [(date: BusinessDate, amount: ExactDecimal)]
    ) {
        guard let last = nights.last, let first = nights.first else { return nil }
        let peak = nights.reduce(first) { $1.amount > $0.amount ? $1 : $0 }
        let sum = nights.reduce(ExactDecimal.zero) { $0 + $1.amount }
        self.item = item.item
        figure = item.rawValue
        self.scope = scope
        self.currency = "\(currency)"
        self.nights = nights.count
        average = sum.divided(by: ExactDecimal(nights.count), roundedToScale: decimals).text(decimals: decimals)
        self.peak = peak.amount.text(decimals: decimals)
        peakDate = "\(peak.date)"
        end = last.amount.text(decimals: decimals)
        endDate = "\(last.date)"
        nightsAboveZero = nights.count { $0.amount > .zero }
    }
}
