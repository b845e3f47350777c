import ClearingModel
import Foundation
import Pricing
import TestSupport
import Testing

/// Values made two at a time have the bits of those made one at a time.
@Suite struct PairTests {
    private func moves(_ count: Int, _ generator: inout SeededGenerator) -> LogarithmicMoves {
        let moves = (0..<count).map { _ in generator.number(-0.4...0.4) }
        return LogarithmicMoves(moves: moves, factors: moves.map { exp($0) })
    }

    @Test(arguments: [PricingModel.black76, .blackScholes, .bachelier], [0, 1, 2, 7])
    func `many values are those of one move at a time`(_ model: PricingModel, _ count: Int) {
        var generator = SeededGenerator(seed: 57)
        for _ in 0..<200 {
            let quote = Quote.random(model, .european, &generator)
            let option = PreparedOption(quote.terms, volatility: quote.volatility, time: quote.time)
            let all = moves(count, &generator)
            let alone = all.moves.indices.flatMap { index in
                option.values(
                    underlying: quote.underlying,
                    moves: LogarithmicMoves(moves: [all.moves[index]], factors: [all.factors[index]]))
            }
            #expect(option.values(underlying: quote.underlying, moves: all) == alone, "\(quote)")
            for (value, factor) in zip(alone, all.factors) {
                let direct = option.value(underlying: quote.underlying * factor)
                #expect(abs(value - direct) <= 1e-12 * quote.underlying, "\(quote), \(factor)")
            }
        }
    }

    @Test func `far in and out of the money two values are those of one`() {
        let quote = Quote(underlying: 100, strike: 100, volatility: 0.01, time: 0.1)
        let option = PreparedOption(quote.terms, volatility: quote.volatility, time: quote.time)
        let all = LogarithmicMoves(moves: [2, -2, 0.001, -2], factors: [exp(2), exp(-2), exp(0.001), exp(-2)])
        let values = option.values(underlying: 100, moves: all)
        #expect(values[1] == 0 && values[3] == 0)
        #expect(abs(values[0] - (100 * exp(2) - 100)) < 1e-9)
        #expect(abs(values[2] - option.value(underlying: 100 * exp(0.001))) < 1e-12)
    }

    @Test(arguments: [OptionRight.call, .put]) func `an underlying at or below zero takes the limit`(
        _ right: OptionRight
    ) {
        let quote = Quote(right: right, underlying: -5, strike: 100)
        let option = PreparedOption(quote.terms, volatility: 0.2, time: 1)
        let all = LogarithmicMoves(moves: [0.1, 0.2], factors: [1.1, 1.2])
        #expect(
            option.values(underlying: -5, moves: all) == [option.value(underlying: 0), option.value(underlying: 0)])
    }

    @Test func `what is not a number stays so and leaves its neighbour alone`() {
        let option = PreparedOption(Quote().terms, volatility: 0.2, time: 1)
        let values = option.values(
            underlying: 100, moves: LogarithmicMoves(moves: [.nan, 0, 0, .nan], factors: [.nan, 1, 1, .nan]))
        let alone = option.values(underlying: 100, moves: LogarithmicMoves(moves: [0], factors: [1]))
        #expect(values[0].isNaN && values[3].isNaN)
        #expect(values[1] == alone[0] && values[2] == alone[0])
    }
}
