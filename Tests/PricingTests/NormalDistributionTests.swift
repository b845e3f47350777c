import Foundation
import Pricing
import TestSupport
import Testing

/// The error bounds that the functions state, measured against 100 bits.
@Suite struct NormalDistributionTests {
    /// As numbers of 2⁻⁵³.
    private func error(_ value: Double, _ exact: DoubleDouble) -> Double {
        abs(((DoubleDouble(value) - exact) / exact).high) * 0x1p53
    }

    @Test func `the exponential is within its bound`() {
        var generator = SeededGenerator(seed: 53)
        let arguments =
            [0, -0.0, 1, -1, 708, -708, 709.7, 1e-300, -1e-17]
            + (0..<20_000).map { generator.number($0 % 2 == 0 ? -708...708 : -1...1) }
        let worst = arguments.map { error(exponential($0), DoubleDouble($0).exponential) }.max()
        #expect(worst ?? .infinity < 1.1)
    }

    @Test func `the exponential ends as it should`() {
        #expect(exponential(709.8) == .infinity && exponential(.infinity) == .infinity)
        #expect(exponential(-746) == 0 && exponential(-.infinity) == 0)
        #expect(exponential(.nan).isNaN)
        // Subnormal: within one step of the C library's.
        #expect(abs(exponential(-740) - exp(-740)) <= .leastNonzeroMagnitude)
    }

    @Test func `the Mills ratio is within its bound`() {
        var generator = SeededGenerator(seed: 54)
        let arguments =
            [0, 1, 1.0.nextDown, 3, 38.9, 1e-300]
            + (0..<4_000).map { generator.number($0 % 2 == 0 ? 0...38 : 0...4) }
        let worst = arguments.map { error(millsRatio($0), DoubleDouble.millsRatio(DoubleDouble($0))) }.max()
        #expect(worst ?? .infinity < 3.5)
    }

    @Test func `the distribution function is within its bound in both tails`() {
        var generator = SeededGenerator(seed: 55)
        let arguments =
            [0, -0.0, -37.4, 8.2, -1e-300] + (0..<4_000).map { generator.number($0 % 2 == 0 ? -37.5...9 : -4...4) }
        let worst = arguments.map { x in
            let t = DoubleDouble(abs(x))
            let tail = (DoubleDouble(-0.5) * t * t).exponential * DoubleDouble.millsRatio(t)
            return error(cumulativeNormal(x), x > 0 ? DoubleDouble(1) - tail : tail)
        }.max()
        #expect(worst ?? .infinity < 6)
    }

    @Test func `the density is within its bound`() {
        var generator = SeededGenerator(seed: 56)
        let worst = (0..<4_000).map { _ in generator.number(-37.5...37.5) }.map { x in
            let square = DoubleDouble(x) * DoubleDouble(x)
            return error(normalDensity(x), DoubleDouble.inverseRootTwoPi * (DoubleDouble(-0.5) * square).exponential)
        }.max()
        #expect(worst ?? .infinity < 2.5)
    }

    @Test func `the distribution function never falls, and ends where it should`() {
        var last = 0.0
        for x in stride(from: -40.0, through: 10, by: 0x1p-9) {
            let mass = cumulativeNormal(x)
            #expect(mass >= last, "\(x)")
            last = mass
        }
        #expect(cumulativeNormal(-.infinity) == 0 && cumulativeNormal(.infinity) == 1)
        #expect(cumulativeNormal(.nan).isNaN && normalDensity(.nan).isNaN)
        #expect(normalDensity(.infinity) == 0)
        // Subnormal: the last figures there are.
        #expect(abs(cumulativeNormal(-38) * 1e100 / 2.88542836006878e-216 - 1) < 1e-7)
    }
}
