import ClearingModel
import Quantities
import Scenarios
import Testing

private let noFilter = VolatilityFilter(lowerClamp: 0.5, upperClamp: 2)

private func factor(
    _ kind: ReturnKind, _ levels: [String], filter: VolatilityFilter = noFilter
) throws -> RiskFactorHistory {
    RiskFactorHistory(
        riskFactor: RiskFactorCode("F"), returnKind: kind, levels: try levels.map { try #require(ExactDecimal($0)) },
        filter: filter)
}

private func days(_ count: Int) -> [BusinessDate] { (1...count).map { BusinessDate(year: 2025, month: 6, day: $0) } }

/// Return histories and the scenarios made of them (methodology §7).
struct HistoricalScenariosTests {
    @Test func `overlapping absolute moves are those between levels a holding period apart`() throws {
        let set = try HistoricalScenarios(
            dates: days(5), factors: [factor(.absolute, ["1", "3", "-2", "0", "8"])], mporDays: 2, isFiltered: false)
        #expect(set.moves == [[-3, -3, 10]])
        #expect(set.dates == Array(days(5)[2...]))
        #expect(set.volatilitiesNow == nil)
    }

    @Test func `log moves add up to the log of the ratio`() throws {
        let set = try HistoricalScenarios(
            dates: days(4), factors: [factor(.log, ["100", "110", "99", "120"])], mporDays: 3, isFiltered: false)
        #expect(set.count == 1)
        #expect(abs(ReturnKind.log.changed(100, by: ReturnKind.log.change(by: set.moves[0][0])) - 120) < 1e-12)
    }

    @Test func `the look-back keeps the last returns`() throws {
        let set = try HistoricalScenarios(
            dates: days(5), factors: [factor(.absolute, ["1", "3", "-2", "0", "8"])], mporDays: 1, isFiltered: false,
            lookBackDays: 2)
        #expect(set.moves == [[2, 8]])
        #expect(set.dates == Array(days(5)[3...]))
    }

    /// Both days of a two-day move must lie in the window; the level before its first day may lie outside.
    @Test func `stressed moves lie wholly in the window, bounds included`() throws {
        let set = try HistoricalScenarios(
            dates: days(6), factors: [factor(.absolute, ["0", "1", "3", "7", "15", "31"])], mporDays: 2,
            isFiltered: false, stressedWindows: [StressedWindow(from: days(6)[1], to: days(6)[3])])
        #expect(set.stressedDates == [days(6)[2], days(6)[3]])
        #expect(set.stressedMoves == [[3, 6]])
    }

    @Test func `a move in two windows counts once, one across two does not`() throws {
        let date = days(8)
        let levels = ["0", "1", "3", "7", "15", "31", "63", "127"]
        let set = try HistoricalScenarios(
            dates: date, factors: [factor(.absolute, levels)], mporDays: 2, isFiltered: false,
            stressedWindows: [
                StressedWindow(from: date[1], to: date[3]), StressedWindow(from: date[2], to: date[3]),
                StressedWindow(from: date[4], to: date[5]),
            ])
        #expect(set.stressedDates == [date[2], date[3], date[5]])
        #expect(set.stressedMoves == [[3, 6, 24]])
    }

    /// Seed of two days: (0.01² + 0.02²)/2 for the first three, then λ of it and (1 − λ) of the square before.
    @Test func `the filter scales each day by the volatility now over the volatility then`() {
        let filter = VolatilityFilter(seedDays: 2, lambda: 0.9, lowerClamp: 0.5, upperClamp: 1.5)
        let returns = [0.01, -0.02, 0.03, 0.01]
        let found = filter.filtered(returns)
        let seed = (0.0001 + 0.0004) / 2
        let fourth = 0.9 * seed + 0.1 * 0.0009
        let now = (0.9 * fourth + 0.1 * 0.0001).squareRoot()
        #expect(abs(found.volatilityNow - now) < 1e-15)
        for (index, variance) in [seed, seed, seed, fourth].enumerated() {
            #expect(abs(found.returns[index] - returns[index] * now / variance.squareRoot()) < 1e-15)
        }
    }

    /// Hull, Options, Futures and Other Derivatives: λ 0.9, volatility 1 %, a move of 2 % gives variance 0.00013.
    @Test func `a move of two percent lifts one percent of volatility to the square root of 0.00013`() {
        let filter = VolatilityFilter(seedDays: 1, lambda: 0.9, lowerClamp: 0.5, upperClamp: 2)
        let now = filter.filtered([0.01, 0.02]).volatilityNow
        #expect(abs(now * now - 0.00013) < 1e-18)
    }

    @Test func `ratios are clamped and the volatility now is floored`() {
        let calm = VolatilityFilter(seedDays: 1, lambda: 0.5, lowerClamp: 0.5, upperClamp: 2)
        #expect(calm.filtered([0.08, 0.01, 0.01, 0.01, 0.01]).returns[0] == 0.04)
        #expect(calm.filtered([0.01, 0.16, 0.16]).returns[0] == 0.02)
        let floored = VolatilityFilter(
            seedDays: 1, lambda: 0.5, volatilityFloor: 0.5, lowerClamp: 0.5, upperClamp: 2)
        #expect(floored.filtered([0.01, 0.01]).volatilityNow == 0.5)
        // A day that was forecast not to move at all.
        #expect(calm.filtered([0, 0, 0.25]).returns == [0, 0, 0.5])
    }

    @Test func `one-day returns are filtered before they are added up`() throws {
        let filter = VolatilityFilter(seedDays: 2, lambda: 0.9, lowerClamp: 0.1, upperClamp: 10)
        let levels = ["0", "1", "-1", "2", "3"]
        let set = try HistoricalScenarios(
            dates: days(5), factors: [factor(.absolute, levels, filter: filter)], mporDays: 2, isFiltered: true,
            stressedWindows: [StressedWindow(from: days(5)[1], to: days(5)[2])])
        let scaled = filter.filtered([1, -2, 3, 1])
        #expect(
            set.moves == [
                [
                    scaled.returns[0] + scaled.returns[1], scaled.returns[1] + scaled.returns[2],
                    scaled.returns[2] + scaled.returns[3],
                ]
            ])
        #expect(set.volatilitiesNow == [scaled.volatilityNow])
        #expect(set.stressedMoves == [[-1]])
    }

    @Test func `histories that are no scenarios are refused`() throws {
        let code = RiskFactorCode("F")
        func error(
            _ dates: [BusinessDate], _ one: RiskFactorHistory, mpor: Int = 1, filtered: Bool = false,
            windows: [StressedWindow] = []
        ) -> HistoryError? {
            do throws(HistoryError) {
                _ = try HistoricalScenarios(
                    dates: dates, factors: [one], mporDays: mpor, isFiltered: filtered, stressedWindows: windows)
                return nil
            } catch { return error }
        }
        let three = try factor(.log, ["1", "2", "3"])
        #expect(error(days(4), three) == .misaligned(code, levels: 3, dates: 4))
        #expect(error([days(2)[1], days(2)[0], days(2)[1]], three) == .datesNotAscending(days(2)[0]))
        #expect(error(days(3), try factor(.log, ["1", "0", "3"])) == .notPositive(code, days(3)[1]))
        #expect(error(days(3), try factor(.absolute, ["1", "0", "3"])) == nil)
        #expect(error(days(3), three, mpor: 3) == .tooShort(returns: 2, needed: 3))
        #expect(error(days(3), three, filtered: true) == .tooShort(returns: 2, needed: 60))
        let window = StressedWindow(from: days(9)[7], to: days(9)[8])
        #expect(error(days(3), three, windows: [window]) == .emptyWindow(window))
    }
}
