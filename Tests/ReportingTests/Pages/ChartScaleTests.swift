import Quantities
import Reporting
import Testing

@Suite struct `A chart` {
    @Test func `has a figure where its share of the axis is, in either direction`() {
        let right = ChartScale(upper: 200, start: 100, end: 500)
        #expect([0, 50, 200, 300].map { right.position(Double($0)) } == [100, 200, 500, 700])
        let up = ChartScale(upper: 8, start: 120, end: 20)
        #expect(["0", "2", "8"].map { up.position(StressPageSamples.exact($0)) } == [120, 95, 20])
    }

    static let axes: [(largest: String, steps: Int, labels: String, unit: String)] = [
        ("26794048.88", 6, "0 5 10 15 20 25 30", "million "), ("4000000", 4, "0 1 2 3 4", "million "),
        ("4000000.01", 4, "0 2 4 6", "million "), ("1200000", 6, "0 0.2 0.4 0.6 0.8 1 1.2", "million "),
        ("999", 5, "0 0.2 0.4 0.6 0.8 1", "thousand "), ("0", 4, "0 0.5 1", ""), ("0.03", 3, "0 0.01 0.02 0.03", ""),
        ("123456789012", 3, "0 50 100 150", "billion (10⁹) "), ("5", 1, "0 5", ""),
        ("6000000000000", 3, "0 2 4 6", "trillion (10¹²) "),
    ]

    @Test(arguments: axes) func `has round steps up to the first that is not below the largest figure`(
        _ axis: (largest: String, steps: Int, labels: String, unit: String)
    ) {
        let ticks = ChartTicks(upTo: StressPageSamples.exact(axis.largest), steps: axis.steps)
        #expect(ticks.values.map(ticks.label).joined(separator: " ") == axis.labels)
        #expect(ticks.unit == axis.unit)
        #expect(ticks.upper == ticks.values.last)
    }

    @Test func `counts by ones where it is told`() {
        let ticks = ChartTicks(upTo: StressPageSamples.exact("2000"), steps: 2, isCounted: true)
        #expect(ticks.values.map(ticks.label) == ["0", "1000", "2000"] && ticks.unit == "")
    }

    /// Every size of figure has between two and `steps` intervals, and loses none of its axis.
    @Test func `never has more steps than it may`() {
        for exponent in 0...24 {
            for digits in [1, 3, 7, 99] {
                let largest = ExactDecimal(mantissa: Int128(digits) * PowersOfTen.int128(exponent), scale: 2)
                for steps in 1...12 {
                    let ticks = ChartTicks(upTo: largest, steps: steps)
                    #expect(ticks.values.count <= steps + 1 && ticks.values.count >= 2 && ticks.upper >= largest)
                }
            }
        }
    }
}
