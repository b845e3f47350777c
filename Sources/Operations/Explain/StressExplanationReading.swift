import ClearingModel
import EndOfDay
import Parameters
import Quantities
import Results
import Runtime
import Storage
import Stress

/// Puts the explanation of a subject's stress together from what a run keeps and what its book says.
struct StressExplanationReading {
    let context: RunContext
    let set: StressSet
    let book: StressBook
    let subject: StressSubject
    let store: StressStore

    /// In a scenario that is named, or the subject's worst.
    func explanation(_ named: StressScenario?) throws -> StressExplanation {
        let kept = try exposures()
        guard let shortfalls = try store.shortfalls(of: subject.member, run: context.run) else { throw notStressed }
        let bySubject =
            subject.isMember
            ? shortfalls
            : set.scenarios.indices.map { place in
                subject.units.reduce(0) { $0 + self.shortfall(of: $1.portfolios, kept, place) }
            }
        var worst = 0
        for place in bySubject.indices where bySubject[place] > bySubject[worst] { worst = place }
        let scenario = named ?? set.scenarios[worst]
        let place = scenario.number - 1
        let units = try subject.units.map { try unit($0, kept, scenario) }
        let explanation = StressExplanation(
            context: context, subject: subject.name, member: subject.member, base: book.base, set: set,
            scenario: scenario, isWorst: named == nil, units: units, shortfall: bySubject[place],
            addOns: try addOns(kept),
            currencyDecimals: Dictionary(
                book.house.currencies.map { ($0.code, $0.decimals) }, uniquingKeysWith: { first, _ in first }))
        let sum =
            explanation.houseShortfall + max(0, explanation.clientShortfall - explanation.houseSurplus)
        guard !subject.isMember || sum == explanation.shortfall else {
            throw differs("shortfall of \(subject.name)", sum, explanation.shortfall)
        }
        return explanation
    }

    /// By place in the book; of the subject's member.
    private func exposures() throws -> [Int: StressExposureResult] {
        let rows = try store.exposures(of: subject.member, run: context.run)
        guard !rows.isEmpty else { throw notStressed }
        let byName = Dictionary(
            rows.map { ([$0.account.text, $0.owner.text], $0) }, uniquingKeysWith: { first, _ in first })
        var kept: [Int: StressExposureResult] = [:]
        for (index, portfolio) in book.portfolios.enumerated() {
            kept[index] = byName[[book.house.accounts[portfolio.account].code.text, portfolio.owner.text]]
        }
        return kept
    }

    private func shortfall(of portfolios: [Int], _ kept: [Int: StressExposureResult], _ place: Int) -> Int64 {
        max(0, portfolios.reduce(0) { $0 + (kept[$1].map { $0.exposures[place] - $0.cover } ?? 0) })
    }

    private func unit(
        _ unit: (name: String, isHouse: Bool, portfolios: [Int]), _ kept: [Int: StressExposureResult],
        _ scenario: StressScenario
    ) throws -> StressExplanation.Unit {
        let isWalked =
            !subject.isMember || unit.isHouse || shortfall(of: unit.portfolios, kept, scenario.number - 1) > 0
        return StressExplanation.Unit(
            name: unit.name, isHouse: unit.isHouse,
            portfolios: try unit.portfolios.compactMap { index in
                guard let row = kept[index] else { return nil }
                let walk = isWalked ? try book.walk(index, under: scenario) : nil
                let exposure = row.exposures[scenario.number - 1]
                if let walk, walk.exposure != exposure {
                    throw differs("exposure of \(row.account) \(row.owner)", walk.exposure, exposure)
                }
                return StressExplanation.Portfolio(
                    account: row.account, owner: row.owner, exposure: exposure, cover: row.cover, walk: walk)
            })
    }

    /// The member's, or the one of the account or unit that is asked for.
    private func addOns(_ kept: [Int: StressExposureResult]) throws -> [StressExplanation.AddOn] {
        guard let share = set.addOnShare else { return [] }
        let accounts = Set(
            subject.units.flatMap(\.portfolios).map { book.house.accounts[book.portfolios[$0].account].code })
        return try store.addOns(of: subject.member, run: context.run).filter { accounts.contains($0.account) }.map {
            result in
            let portfolios = book.portfolios.indices.filter {
                book.house.accounts[book.portfolios[$0].account].code == result.account
            }
            let isHouse = portfolios.first.map { book.house.accounts[book.portfolios[$0].account].origin == .house }
            let apart = isHouse == true ? [portfolios] : portfolios.map { [$0] }
            return StressExplanation.AddOn(
                result: result, scenario: set.scenarios[result.scenario - 1].code, share: share,
                lack: apart.reduce(0) { $0 + shortfall(of: $1, kept, result.scenario - 1) })
        }
    }

    private var notStressed: Failure {
        Failure(
            .inputMissing, "\(context.title) has no stress of member \(subject.member)", hint: context.line(.status))
    }

    private func differs(_ what: String, _ found: Int64, _ kept: Int64) -> Failure {
        Failure(
            .invariantBroken,
            "\(context.title), scenario: the \(what) is \(found) from its parts and \(kept) in the run",
            hint: "keep the database as it is and report this")
    }
}
