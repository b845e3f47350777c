import ClearingModel
import Quantities
import RiskArrays
import Testing

/// The volatility of an option whose own price gives none (docs/methodology.md §2.6).
@Suite struct VolatilityTests {
    /// Calls and puts on a future at 70 over 60 days at 4 %; Black-76 at 35 % gives the call of 60 a price of 10.5775
    /// and the put 0.6430.
    private func house(_ options: [(String, ClearingModel.OptionRight, String, String)]) throws -> ArrayHouse {
        var house = ArrayHouse()
        house.volatilityFloor = try exact("0.10")
        try house.future("F", price: "70")
        for (code, right, strike, price) in options {
            try house.option(code, right, strike: strike, expiry: "2025-08-19", underlying: "F", price: price)
        }
        return house
    }

    private func solved(_ house: ArrayHouse) throws -> [String: (volatility: Double, rule: VolatilityRule)] {
        try Dictionary(
            uniqueKeysWithValues: house.arrays().compactMap { code, array in
                guard let volatility = array.volatility, let rule = array.volatilityRule else { return nil }
                return (code.text, (volatility, rule))
            })
    }

    @Test func `is implied by the price where that has one`() throws {
        let found = try solved(
            house([("C", .call, "60", "10.577501783905"), ("P", .put, "60", "0.643039505952")]))
        for code in ["C", "P"] {
            #expect(found[code]?.rule == .implied)
            #expect(abs((found[code]?.volatility ?? 0) - 0.35) < 1e-9)
        }
    }

    @Test func `is that of the call or put at the same strike before a nearer one of the same type`() throws {
        // A call of 60 below its intrinsic value of 10 has none.
        let found = try solved(
            house([
                ("C60", .call, "60", "9.00"), ("P60", .put, "60", "0.643039505952"), ("C61", .call, "61", "10.50"),
            ]))
        #expect(found["C60"]?.rule == .paired)
        #expect(found["C60"]?.volatility == found["P60"]?.volatility)
    }

    @Test func `is the nearest strike's, of two as near the lower one's, of that the same type's`() throws {
        let lenders: [(String, ClearingModel.OptionRight, String, String)] = [
            ("C58", .call, "58", "12.40"), ("P58", .put, "58", "0.50"), ("C62", .call, "62", "9.50"),
        ]
        let found = try solved(house(lenders + [("C60", .call, "60", "9.00"), ("P61", .put, "61", "0")]))
        #expect(found["C60"]?.rule == .nearestStrike)
        #expect(found["C60"]?.volatility == found["C58"]?.volatility)
        #expect(found["C58"]?.volatility != found["P58"]?.volatility)
        #expect(found["P61"]?.volatility == found["C62"]?.volatility)
    }

    @Test func `is the floor where nobody of the expiry and the underlying has one`() throws {
        var alone = try house([("C60", .call, "60", "9.00")])
        try alone.option("NEXT", .put, strike: "60", expiry: "2025-09-19", underlying: "F", price: "1.10")
        let found = try solved(alone)
        #expect(found["C60"]?.rule == .floor && found["C60"]?.volatility == 0.10)
        #expect(found["NEXT"]?.rule == .implied)
    }
}
