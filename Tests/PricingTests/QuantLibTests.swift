import ClearingModel
import Foundation
import Glibc
import Pricing
import TestSupport
import Testing

/// What a model may differ from QuantLib by: at most the bounds, a little above what was measured.
///
/// A price is compared as it stands, on underlyings of 100; a Greek relative to its size where that is above 1. The
/// bounds are those of docs/methodology.md §2.8.
struct QuantLibBound: Sendable, CustomTestStringConvertible {
    let model: String
    let value: Double
    /// Of delta, gamma, vega, theta and rho; nil where QuantLib gives none.
    let greeks: Double?
    /// Rows of the grid there must be, so that an empty one does not pass.
    let rows: Int

    init(_ model: String, value: Double, greeks: Double? = nil, rows: Int) {
        self.model = model
        self.value = value
        self.greeks = greeks
        self.rows = rows
    }

    var testDescription: String { model }
}

/// Against QuantLib's release that jobs/setup-quantlib.sh installs, on a grid it prices when the test runs.
@Suite(.enabled(if: QuantLib.isInstalled, "QuantLib is not installed: run jobs/setup-quantlib.sh"))
struct QuantLibTests {
    static let bounds = [
        QuantLibBound("black76", value: 1e-12, greeks: 2e-11, rows: 1800),
        QuantLibBound("margined", value: 1e-12, greeks: 2e-11, rows: 1800),
        QuantLibBound("black_scholes", value: 1e-12, greeks: 2e-11, rows: 7200),
        QuantLibBound("bachelier", value: 1e-12, greeks: 1e-12, rows: 2880),
        // QuantLib stops the search for the critical price at 1e-6.
        QuantLibBound("barone_adesi_whaley", value: 1e-4, rows: 720),
        QuantLibBound("barone_adesi_whaley_defined", value: 1e-12, rows: 840),
        QuantLibBound("leisen_reimer", value: 1e-9, rows: 1600),
        // QuantLib's walk has another probability, which agrees to the first order of the step.
        QuantLibBound("cox_ross_rubinstein", value: 0.04, rows: 1600),
        QuantLibBound("cox_ross_rubinstein_defined", value: 1e-11, rows: 1600),
        // QuantLib takes the logarithm of a ratio that is 1 but for the last digits where the volatility is small.
        QuantLibBound("turnbull_wakeman", value: 1e-9, greeks: 1e-8, rows: 1600),
        QuantLibBound("turnbull_wakeman_defined", value: 1e-12, rows: 1600),
        QuantLibBound("continuous_average", value: 1e-7, rows: 270),
        QuantLibBound("continuous_average_defined", value: 1e-12, rows: 640),
        QuantLibBound("kirk", value: 1e-12, rows: 3240),
    ]

    @Test func `every model of the grid has a bound`() throws {
        let grid = try QuantLib.grid.get()
        #expect(Set(grid.map(\.model)) == Set(Self.bounds.map(\.model)))
    }

    @Test(arguments: bounds) func `a model is within its bound of QuantLib`(_ bound: QuantLibBound) throws {
        let rows = try QuantLib.grid.get().filter { $0.model == bound.model }
        #expect(rows.count >= bound.rows)
        var worst: [String: (difference: Double, story: String)] = [:]
        for row in rows {
            for (figure, ours) in try row.ours(withGreeks: bound.greeks != nil) {
                let theirs = try #require(row[figure], "\(figure) in \(row.text)")
                let gap = abs(ours - theirs) / (figure == "value" ? 1 : max(abs(theirs), 1))
                // What is not a number is further off than any number.
                let difference = gap.isNaN ? .infinity : gap
                if difference >= worst[figure]?.difference ?? 0 {
                    worst[figure] = (difference, "\(figure) is \(ours) for \(theirs) in \(row.text)")
                }
            }
        }
        for (figure, worst) in worst.sorted(by: { $0.key < $1.key }) {
            let allowed = figure == "value" ? bound.value : bound.greeks ?? 0
            print("\(bound.model): \(rows.count) options, \(figure) within \(worst.difference)")
            #expect(worst.difference <= allowed, "\(worst.story)")
        }
    }
}

/// The grid that QuantLib prices, as the Python script prints it.
enum QuantLib {
    static var isInstalled: Bool { PinnedPython.isInstalled }

    /// Priced once, by the first test that asks.
    static let grid = Result {
        try PinnedPython.rows(of: "Tests/PricingTests/QuantLib/grid.py").map {
            QuantLibRow(text: $0.text, cells: $0.cells)
        }
    }
}

/// One option of the grid with QuantLib's figures.
struct QuantLibRow: Sendable {
    let text: String
    let cells: [String: String]

    var model: String { cells["model"] ?? "" }

    subscript(column: String) -> Double? { cells[column].flatMap(Double.init) }

    /// Our figures for the option, under the names of the columns that hold QuantLib's.
    func ours(withGreeks: Bool) throws -> [(String, Double)] {
        switch model {
        case _ where model.contains("average") || model.hasPrefix("turnbull"): try average(withDelta: withGreeks)
        case "kirk": [("value", try spread())]
        default: try vanilla(withGreeks: withGreeks)
        }
    }

    private func number(_ column: String) throws -> Double { try #require(self[column], "\(column) in \(text)") }

    private func right() throws -> OptionRight { try #require(["call": .call, "put": .put][cells["right"] ?? ""]) }

    private func vanilla(withGreeks: Bool) throws -> [(String, Double)] {
        let steps = Int(self["steps"] ?? 0)
        let exercise: Exercise =
            switch model.replacing("_defined", with: "") {
            case "barone_adesi_whaley": .american(.baroneAdesiWhaley)
            case "leisen_reimer": .american(.leisenReimer(steps: steps))
            case "cox_ross_rubinstein": .american(.coxRossRubinstein(steps: steps))
            default: .european
            }
        let law = ["black76": PricingModel.black76, "margined": .black76, "bachelier": .bachelier][model]
        let quote = Quote(
            right: try right(), model: law ?? .blackScholes, exercise: exercise,
            style: model == "margined" ? .futures : .premium, underlying: try number("underlying"),
            strike: try number("strike"), rate: try number("rate"), carry: try number("carry"),
            volatility: try number("volatility"), time: try number("time"))
        guard withGreeks else { return [("value", quote.value)] }
        let greeks = quote.greeks
        return [
            ("value", quote.value), ("delta", greeks.delta), ("gamma", greeks.gamma), ("vega", greeks.vega),
            ("theta", greeks.thetaPerDay), ("rho", greeks.rho),
        ]
    }

    private func average(withDelta: Bool) throws -> [(String, Double)] {
        let quote = AverageQuote(
            right: try right(), underlying: try number("underlying"), strike: try number("strike"),
            rate: try number("rate"), carry: try number("carry"), volatility: try number("volatility"),
            first: try number("time_to_next"), time: try number("time"), made: Int(try number("fixings_made")),
            average: try number("running_average"), left: Int(try number("fixings_left")),
            schedule: model.hasPrefix("turnbull") ? .discrete : .continuous)
        return withDelta ? [("value", quote.value), ("delta", quote.delta)] : [("value", quote.value)]
    }

    private func spread() throws -> Double {
        SpreadQuote(
            right: try right(), first: try number("underlying"), second: try number("second"),
            strike: try number("strike"), rate: try number("rate"),
            volatility: (try number("volatility"), try number("second_volatility")),
            correlation: try number("correlation"), time: try number("time")
        ).value
    }
}
