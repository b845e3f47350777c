import ClearingModel
import PlainMargin
import Stress
import TestSupport
import Testing

/// The product's stress (`Sources/Stress`) against the second implementation: every figure of random houses, and of
/// refused ones the rule with what it names. A failure prints the seed of its house.
struct StressAgreementTests {
    /// Three times as many houses as the second implementation is held to its laws with.
    private static let seeds = UInt64(80_000)..<83_600
    private static let threads = 2

    @Test func `both implementations give every figure of random houses`() async throws {
        var tally = StressTally()
        for seed in Self.seeds {
            var draw = AgreementHouse(seed: seed)
            let plain = try draw.make()
            let differences = try await Self.differences(of: plain, &tally)
            #expect(differences.isEmpty, "seed \(seed): \(differences.joined(separator: "\n"))")
            if tally.failures(differences) > 5 { break }
        }
        for (mark, least) in StressTally.least {
            #expect(tally.counts[mark, default: 0] >= least, "\(mark): \(tally.counts[mark, default: 0])")
        }
        print(tally)
    }

    /// The night's figures, then the default that somebody names.
    private static func differences(of plain: PlainStressHouse, _ tally: inout StressTally) async throws -> [String] {
        var night = plain
        night.secondRound?.scenario = nil
        night.secondRound?.groups = nil
        let translation = try StressTranslation(plain)
        let inputs = try translation.inputs()
        var expected = StressLines()
        do throws(PlainStressRefusal) {
            let figures = try night.stress()
            tally.count(figures, of: plain)
            expected = StressLines(figures)
            expected.append(StressLines(figures.secondRound))
        } catch {
            tally.count(error, of: night)
            expected.add("refused", error)
        }
        var differences = expected.differences(from: try await lines(inputs))
        guard let terms = plain.secondRound, terms.scenario != nil || terms.groups != nil else { return differences }
        var followed = StressLines()
        do throws(PlainStressRefusal) {
            let figures = try plain.stress()
            followed = StressLines(figures.secondRound)
            if !followed.lines.isEmpty { tally.count("default that is named") }
        } catch {
            tally.count("\(error.rule) of a default that is named")
            followed.add("refused", error)
        }
        differences += followed.differences(from: try await linesOfDefault(inputs, terms))
        return differences
    }

    private static func lines(_ inputs: StressInputs) async throws -> StressLines {
        do {
            let test = try await StressTest.compute(inputs, threads: threads)
            var lines = StressLines(test, of: inputs.book)
            lines.append(StressLines(test.secondRound, of: test.units, base: inputs.book.base))
            return lines
        } catch let refusal as StressRefusal {
            var lines = StressLines()
            lines.add("refused", PlainStressRefusal(refusal))
            return lines
        }
    }

    private static func linesOfDefault(
        _ inputs: StressInputs, _ terms: PlainSecondRoundTerms
    ) async throws -> StressLines {
        do {
            let (units, second, _) = try await StressTest.follow(
                inputs, scenario: terms.scenario, groups: terms.groups?.map { CompanyGroupCode($0) }, threads: threads)
            return StressLines(second, of: units, base: inputs.book.base)
        } catch let refusal as StressRefusal {
            var lines = StressLines()
            lines.add("refused", PlainStressRefusal(refusal))
            return lines
        }
    }
}
