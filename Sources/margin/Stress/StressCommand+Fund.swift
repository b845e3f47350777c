import ArgumentParser
import ClearingModel
import Commands
import EndOfDay
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

extension StressCommand {
    /// `margin stress fund`: the size of the guaranty fund and who pays it.
    struct Fund: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Propose the guaranty fund's size and contributions from the last published nights.",
            discussion: """
                Size: the largest Cover-2 need of the nights with the buffer on top, not below the floor, rounded up \
                to a whole unit. Contributions: the size less the house's tranche, in proportion, by largest \
                remainder; who would come below the minimum pays the minimum.
                """)

        @OptionGroup var date: DateOptions

        @Option(help: "Published nights looked back at, that of the business date among them.")
        var nights = 60

        @Option(help: "What is put on top of the largest need, as a fraction.")
        var buffer = ExactDecimal(mantissa: 10, scale: 2)

        @Option(help: "The least size, in the base currency.")
        var floor = ExactDecimal.zero

        @Option(help: "What contributions are in proportion to: largest shortfall of the nights, or requirement.")
        var by = FundTerms.Weight.shortfall

        @Option(help: "The least contribution of a member, in the base currency.")
        var minimum = ExactDecimal.zero

        @Option(help: "What of the fund is the house's own, in the base currency.")
        var houseTranche = ExactDecimal.zero

        @Option(help: "The first business date it would hold for; the next business day if left out.")
        var effectiveFrom: BusinessDate?

        @OptionGroup var folder: ProposalFolderOption

        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard (1...10_000).contains(nights) else { throw ValidationError("--nights must be 1 to 10000") }
            guard buffer >= .zero, buffer <= ExactDecimal(10) else {
                throw ValidationError("--buffer must be 0 to 10, as 0.10")
            }
            for (name, amount) in [("floor", floor), ("minimum", minimum), ("house-tranche", houseTranche)]
            where amount < .zero { throw ValidationError("--\(name) must be 0 or more") }
        }

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.open()
                let context = try RunContext.find(date.businessDate, cycle: date.cycle, number: nil, from: database)
                let fund = try ProposedFund.propose(
                    FundTerms(
                        nights: nights, buffer: buffer, floor: floor, weight: by, minimum: minimum,
                        houseTranche: houseTranche), after: context, effectiveFrom: effectiveFrom, from: database)
                if let out = folder.out { try NewTableFolder.write(fund.tables, to: out) }
                guard !output.json else { return print(try JSONText.document(FundDocument(fund))) }
                print(fund.lines.joined(separator: "\n").printable)
                if let out = folder.out { print("next: margin load \(out.shellWord)".printable) }
            }
        }
    }
}

extension FundTerms.Weight: ExpressibleByArgument {}

extension ProposedFund {
    /// The proposal for the operator.
    fileprivate var lines: [String] {
        var lines = ["guaranty fund from \(effectiveFrom): \(size)"]
        let factor = ExactDecimal.one + terms.buffer
        lines.append(
            isFloor
                ? "  the floor; the largest need with the buffer is less"
                : "  the largest need × \(factor), rounded up to a whole \(base.code)")
        let groups = need.groups.isEmpty ? "no group" : need.groups.map(\.text).joined(separator: ", ")
        let amount = need.coverTwo.text(decimals: base.decimals)
        lines.append(
            "  largest need \(amount): \(largest.businessDate) run \(largest.run), "
                + "scenario \(need.scenario) \(need.scenarioCode), \(groups)")
        lines.append(lookedAt)
        let paid = Money(rounding: size.amount - terms.houseTranche, currency: base)
        let weight = terms.weight == .shortfall ? "largest shortfall" : "requirement"
        let tranche = terms.houseTranche.text(decimals: base.decimals)
        lines.append("house's tranche \(tranche), contributions \(paid.text), by \(weight)")
        for contribution in contributions {
            lines.append("  \(contribution.member) \(contribution.amount.text): \(cause(contribution))")
        }
        return lines
    }

    /// The nights that were looked at.
    private var lookedAt: String {
        var line = "  of \(plural(Int64(nights.count), "published night"))"
        if let first = nights.last, let last = nights.first {
            line += ", \(first.businessDate) to \(last.businessDate)"
        }
        let without = nights.filter { $0.need == nil }.count
        if without > 0 { line += "; \(without) without a stress test" }
        return line
    }

    private func cause(_ contribution: Contribution) -> String {
        let binds = contribution.isMinimum ? "the minimum; " : ""
        guard terms.weight == .shortfall else { return "\(binds)requirement \(contribution.weight.text)" }
        guard let worst = contribution.worst else { return "\(binds)no night has it" }
        guard worst.amount > 0 else { return "\(binds)no shortfall" }
        return "\(binds)shortfall \(contribution.weight.text), \(worst.businessDate) run \(worst.run), scenario "
            + "\(worst.scenario) \(worst.scenarioCode)"
    }
}
