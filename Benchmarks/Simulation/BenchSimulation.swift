import ClearingModel
import Foundation
import Margining
import ParallelWork
import Pricing
import Quantities
import Scenarios
import Simulation

/// Revalues options in scenarios, adds the losses up by portfolio and measures them: bench-simulation FOLDER.
///
/// Prints "ours,threads,seconds of revaluation,seconds of sums,sum of losses,sum of shortfalls", the best of three
/// passes. `simulate.py` does the same on the same numbers.
@main struct BenchSimulation {
    struct Failure: Error { let message: String }

    let options: [VanillaOption]
    let underlyings, volatilities, times: [Double]
    let moves: LogarithmicMoves
    let positions: [(series: Int, quantity: Int64)]
    let portfolios: Int
    let perPortfolio: Int
    let threads = ProcessInfo.processInfo.activeProcessorCount

    static func main() async throws {
        guard CommandLine.arguments.count == 2 else { throw Failure(message: "usage: bench-simulation FOLDER") }
        try await BenchSimulation(folder: CommandLine.arguments[1]).run()
    }

    init(folder: String) throws {
        func column(_ name: String) throws -> [Double] {
            let data = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
            return stride(from: 0, to: data.count, by: 8).map { start in
                Double(bitPattern: (0..<8).reduce(0) { $0 | UInt64(data[start + $1]) << (8 * UInt64($1)) })
            }
        }
        let (signs, strikes, rates) = (try column("sign"), try column("strike"), try column("rate"))
        options = signs.indices.map {
            VanillaOption(
                right: signs[$0] > 0 ? .call : .put, strike: strikes[$0], model: .black76, exercise: .european,
                style: .premium, rate: rates[$0], carry: 0)
        }
        (underlyings, volatilities, times) = (try column("underlying"), try column("volatility"), try column("time"))
        let drawn = try column("moves")
        moves = LogarithmicMoves(moves: drawn, factors: drawn.map { ReturnKind.log.change(by: $0) })
        positions = zip(try column("held"), try column("quantity")).map { (Int($0), Int64($1)) }
        let sizes = try column("sizes").map { Int($0) }
        (portfolios, perPortfolio) = (sizes[0], sizes[1])
    }

    func run() async throws {
        var best = (total: Double.infinity, line: "")
        for _ in 0..<3 {
            let clock = ContinuousClock()
            let start = clock.now
            let losses = try await revalued()
            let valued = clock.now
            let shortfalls = try await shortfalls(losses)
            let (first, second) = ((valued - start) / .seconds(1), (clock.now - valued) / .seconds(1))
            guard first + second < best.total else { continue }
            let sum = (0..<losses.rows).reduce(Int64(0)) { sum, row in
                (0..<losses.columns).reduce(sum) { $0 + losses.loss(row: row, column: $1) }
            }
            let shortfall = shortfalls.reduce(0, +)
            best = (first + second, "ours,\(threads),\(first),\(second),\(sum),\(Int64(shortfall.rounded()))")
        }
        print(best.line)
    }

    private func revalued() async throws -> LossMatrix {
        var losses = LossMatrix(columns: moves.moves.count, expectedRows: options.count)
        try await inSpans(options.count, of: 4096) { span in
            await inChunks(span.count, threads: threads, of: 64) { chunk in
                chunk.map { LossMatrix.Losses(unitLosses(span.lowerBound + $0)) }
            }
        } use: { _, rows in
            for row in rows { losses.append(row) }
        }
        return losses
    }

    private func unitLosses(_ index: Int) -> [Int64] {
        let option = PreparedOption(options[index], volatility: volatilities[index], time: times[index])
        let base = option.value(underlying: underlyings[index])
        return option.values(underlying: underlyings[index], moves: moves).map {
            arrayUnits(rounding: 1000 * (base - $0), scale: 100)
        }
    }

    /// In hundredths.
    private func shortfalls(_ losses: LossMatrix) async throws -> [Double] {
        guard let tail = TailShare(confidence: ExactDecimal(mantissa: 99, scale: 2)) else { return [] }
        let terms = TailRiskTerms(tail: tail)
        return await inChunks(portfolios, threads: threads, of: 64) { chunk in
            chunk.map { portfolio in
                var total = [Int64](repeating: 0, count: losses.columns)
                for position in positions[portfolio * perPortfolio..<(portfolio + 1) * perPortfolio] {
                    losses.add(position.quantity, ofRow: position.series, to: &total)
                }
                return LossTail(total, tail: terms.tail).average(.fractional).of(total).double
            }
        }
    }
}
