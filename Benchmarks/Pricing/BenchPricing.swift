import ClearingModel
import Foundation
import Pricing

/// Values an options file with the models of Sources/Pricing: bench-pricing OPTIONS VALUES.
///
/// Prints "model,seconds,options" a line, the best of ten passes, and writes the values as one binary file of doubles a
/// model. A pass prepares each option and values it once.
@main struct BenchPricing {
    struct Quoted {
        let right: OptionRight
        let underlying, strike, rate, carry, volatility, time: Double
        let second, secondVolatility, correlation: Double
    }

    struct Failure: Error { let message: String }

    let options: [Quoted]
    let folder: URL

    static func main() throws {
        guard CommandLine.arguments.count == 3 else { throw Failure(message: "usage: bench-pricing OPTIONS VALUES") }
        let text = try String(contentsOf: URL(filePath: CommandLine.arguments[1]), encoding: .utf8)
        let bench = Self(
            options: try text.split(separator: "\n").dropFirst().map(parse),
            folder: URL(filePath: CommandLine.arguments[2]))
        try bench.run()
    }

    static func parse(_ line: Substring) throws -> Quoted {
        let cells = line.split(separator: ",")
        let numbers = cells.dropFirst().compactMap { Double($0) }
        guard cells.count == 10, numbers.count == 9 else { throw Failure(message: "not an option: \(line)") }
        return Quoted(
            right: cells[0] == "C" ? .call : .put, underlying: numbers[0], strike: numbers[1], rate: numbers[2],
            carry: numbers[3], volatility: numbers[4], time: numbers[5] / 365, second: numbers[6],
            secondVolatility: numbers[7], correlation: numbers[8])
    }

    func run() throws {
        try measure("black76") { vanilla($0, .black76) }
        try measure("margined") { vanilla($0, .black76, style: .futures) }
        try measure("black_scholes") { vanilla($0, .blackScholes) }
        try measure("bachelier") { vanilla($0, .bachelier) }
        try measure("barone_adesi_whaley") { vanilla($0, .blackScholes, .american(.baroneAdesiWhaley)) }
        try measure("leisen_reimer_201", count: 500) {
            vanilla($0, .blackScholes, .american(.leisenReimer(steps: 201)))
        }
        try measure("cox_ross_rubinstein_200", count: 500) {
            vanilla($0, .blackScholes, .american(.coxRossRubinstein(steps: 200)))
        }
        try measure("turnbull_wakeman_21", count: 2000) { average($0, fixings: 21, first: $0.time - 20.0 / 365) }
        try measure("continuous_average", count: 2000) { average($0, fixings: 1, first: 0, schedule: .continuous) }
        try measure("kirk") { quoted in
            spreadOptionValue(
                SpreadOptionTerms(right: quoted.right, strike: 3, rate: quoted.rate),
                first: quoted.underlying, second: quoted.second,
                volatility: SpreadVolatility(
                    first: quoted.volatility, second: quoted.secondVolatility, correlation: quoted.correlation),
                time: quoted.time)
        }
    }

    @inline(__always) private func vanilla(
        _ quoted: Quoted, _ model: PricingModel, _ exercise: Exercise = .european, style: OptionStyle = .premium
    ) -> Double {
        optionValue(
            VanillaOption(
                right: quoted.right, strike: quoted.strike, model: model, exercise: exercise, style: style,
                rate: quoted.rate, carry: quoted.carry),
            underlying: quoted.underlying,
            volatility: model == .bachelier ? 100 * quoted.volatility : quoted.volatility, time: quoted.time)
    }

    @inline(__always) private func average(
        _ quoted: Quoted, fixings: Int, first: Double, schedule: FixingSchedule = .discrete
    ) -> Double {
        PreparedAveragePriceOption(
            AveragePriceTerms(
                right: quoted.right, strike: quoted.strike, rate: quoted.rate, carry: quoted.carry,
                fixingsLeft: fixings, schedule: schedule),
            volatility: quoted.volatility, timeToNextFixing: first, time: quoted.time
        ).value(underlying: quoted.underlying)
    }

    @inline(__always) private func measure(
        _ model: String, count: Int = .max, _ value: (Quoted) -> Double
    ) throws {
        let options = Array(options.prefix(count))
        var values = [Double](repeating: 0, count: options.count)
        let clock = ContinuousClock()
        var best = Double.infinity
        for _ in 0..<10 {
            let start = clock.now
            for index in options.indices { values[index] = value(options[index]) }
            let spent = (clock.now - start) / .seconds(1)
            best = min(best, spent)
        }
        try write(model, seconds: best, values)
    }

    private func write(_ model: String, seconds: Double, _ values: [Double]) throws {
        print("\(model),\(seconds),\(values.count)")
        let bytes = values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } }
        try Data(bytes).write(to: folder.appending(path: "\(model).margin"))
    }
}
