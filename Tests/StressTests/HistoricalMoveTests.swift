import Parameters
import Quantities
import TestSupport
import Testing

/// Moves read off a history (docs/methodology.md §8.1).
struct HistoricalMoveTests {
    private func exact(_ text: String) throws -> ExactDecimal { try #require(ExactDecimal(text)) }

    @Test(arguments: [
        ("50", "45", StressMoveKind.relative, "relative", "-0.1"),
        // 2/3 − 1 and 4/3 − 1, half away from zero at the eighth decimal.
        ("3", "2", .relative, "relative", "-0.33333333"), ("1.6", "2.7", .relative, "relative", "0.6875"),
        ("3", "5", .relative, "relative", "0.66666667"), ("100", "200", .log, "log", "0.69314718"),
        ("200", "100", .log, "log", "-0.69314718"), ("10.25", "9", .absolute, "absolute", "-1.25"),
        // What crossed zero can only be a difference, and so is what lies below it.
        ("18.27", "-37.63", .relative, "absolute", "-55.9"), ("-37.63", "10.01", .log, "absolute", "47.64"),
        ("0", "2", .relative, "absolute", "2"), ("2", "0", .relative, "absolute", "-2"),
        ("-1", "-2", .relative, "absolute", "-1"),
    ])
    func `a price's move`(from: String, to: String, wanted: StressMoveKind, kind: String, amount: String) throws {
        let move = StressPriceMove.between(try exact(from), try exact(to), as: wanted)
        #expect(move.kind.rawValue == kind)
        #expect("\(move.amount)" == amount)
    }

    @Test func `a volatility's move is relative, but of none a difference`() throws {
        let doubled = StressVolatilityMove.between(try exact("0.4"), try exact("0.8"))
        #expect(doubled == .relative(.one) && doubled.kindText == "relative")
        let risen = StressVolatilityMove.between(.zero, try exact("0.3"))
        #expect(risen == .points(try exact("0.3")) && risen.kindText == "points")
    }
}
