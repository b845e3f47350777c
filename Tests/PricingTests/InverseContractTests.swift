import Glibc
import Pricing
import TestSupport
import Testing

@Suite struct InverseContractTests {
    static let gains: [(notional: Double, price: Double, move: Double, gain: Double)] = [
        (100, 50_000, 0, 0),
        (100, 50_000, 1, 0.001),
        (100, 50_000, 0.25, 0.0004),
        (100, 50_000, -0.2, -0.0005),
        (100, 50_000, -0.5, -0.002),
        (100, 50_000, -0.75, -0.006),
        (10, 2_500, -0.9, -0.036),
        (1, 1, 3, 0.75),
    ]

    @Test(arguments: gains) func `one long contract gains the difference of the reciprocal prices`(
        _ row: (notional: Double, price: Double, move: Double, gain: Double)
    ) {
        let contract = InverseContract(notional: row.notional, price: row.price)
        #expect(abs(contract.gain(relativeMove: row.move) - row.gain) <= 1e-16 + 1e-15 * abs(row.gain))
    }

    @Test func `a fall costs more than the same rise brings`() {
        let contract = InverseContract(notional: 100, price: 30_000)
        var generator = SeededGenerator(seed: 61)
        for _ in 0..<200 {
            let move = generator.number(0.001...0.999)
            #expect(-contract.gain(relativeMove: -move) > contract.gain(relativeMove: move))
            let moved = contract.price * (1 + move)
            let reciprocal = 100 / contract.price - 100 / moved
            #expect(abs(contract.gain(relativeMove: move) - reciprocal) <= 1e-17)
            // There and back again is nothing.
            let back = InverseContract(notional: 100, price: moved).gain(relativeMove: 1 / (1 + move) - 1)
            #expect(abs(contract.gain(relativeMove: move) + back) <= 1e-17)
        }
    }

    @Test func `a small move keeps all its digits`() {
        let contract = InverseContract(notional: 1, price: 1)
        #expect(contract.gain(relativeMove: 1e-18) == 1e-18)
        #expect(abs(contract.gain(relativeMove: -1e-10) + 1.0000000001e-10) <= 1e-25)
    }

    @Test func `the gain has its limits at both ends`() {
        let contract = InverseContract(notional: 100, price: 50_000)
        #expect(contract.gain(relativeMove: .infinity) == 0.002)
        #expect(abs(contract.gain(relativeMove: 1e300) - 0.002) <= 1e-18)
        for move in [-1.0, -1.0001, -5, -Double.infinity] {
            #expect(contract.gain(relativeMove: move) == -.infinity)
            #expect(contract.delta(relativeMove: move) == .infinity)
        }
        #expect(contract.gain(relativeMove: -1 + 1e-12) < -1e9 * 0.002)
        #expect(contract.gain(relativeMove: .nan).isNaN)
    }

    @Test func `delta is the gain for one unit of the price`() {
        let contract = InverseContract(notional: 100, price: 50_000)
        #expect(abs(contract.delta() - 4e-8) <= 1e-22)
        for move in [-0.6, -0.1, 0, 0.3, 2] {
            let bump = 1e-5
            let up = contract.gain(relativeMove: move + bump)
            let down = contract.gain(relativeMove: move - bump)
            let slope = (up - down) / (2 * bump * contract.price)
            #expect(abs(slope / contract.delta(relativeMove: move) - 1) <= 1e-6)
        }
    }
}
