import ClearingModel
import Foundation
import Quantities
import RiskArrays
import Scenarios
import Testing

/// What one long unit loses when its risk factors move as they once did (docs/methodology.md §7).
@Suite struct SimulatedLossTests {
    private func absolute(_ moves: [Double]) -> InstrumentMoves.Factor { .init(returnKind: .absolute, moves: moves) }
    private func log(_ moves: [Double]) -> InstrumentMoves.Factor { .init(returnKind: .log, moves: moves) }

    @Test func `a linear future loses what its price does`() throws {
        var house = ArrayHouse()
        try house.future("F", price: "70")
        // 0.000005 · 1000 is half a cent: a tie, away from zero.
        #expect(
            try house.simulatedLosses("F", price: absolute([1.5, -2, 0.000005, -0.000005]))
                == [-150_000, 200_000, -1, 1])
        // e^(ln 1.1) is 10 % up: 7 a unit.
        #expect(try house.simulatedLosses("F", price: log([Foundation.log(1.1), 0])) == [-700_000, 0])
    }

    @Test func `an inverse future loses in coins by the relative move`() throws {
        var house = ArrayHouse()
        (house.currencyDecimals, house.arrayDecimals) = (8, 4)
        try house.future("I", price: "50000", factor: "1000000", terms: FutureTerms(valuation: .inverse))
        // 20 · x/(1 + x) coins: 25 % up and 20 % down.
        #expect(try house.simulatedLosses("I", price: absolute([12_500, -10_000])) == [-40_000, 50_000])
    }

    /// A Black-76 call of 75 on 70 at 30 % over 60 days at 4 %, a day later; by the closed formula elsewhere.
    @Test func `an option is revalued a day later, at its moved price and volatility`() throws {
        var house = ArrayHouse()
        try house.future("F", price: "70")
        try house.option(
            "O", .call, strike: "75", expiry: "2025-08-19", underlying: "F", price: "1", volatility: "0.3")
        #expect(try house.simulatedLosses("O", price: absolute([0, 3, -3])) == [2464, -107_485, 75_690])
        #expect(
            try house.simulatedLosses("O", price: log([0.05, -0.1, 0]), volatility: absolute([0.02, -0.05, 0.1]))
                == [-157_068, 142_395, -99_437])
        // Not below the floor of 1 %: with no volatility left the call of 75 on 70 is worth nothing.
        #expect(try house.simulatedLosses("O", price: absolute([0]), volatility: absolute([-1])) == [155_555])
    }
}
