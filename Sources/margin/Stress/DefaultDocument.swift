import ClearingModel
import EndOfDay
import Parameters
import Quantities
import Stress

/// A followed default as `--json` prints it; amounts are texts in the base currency.
struct DefaultDocument: Encodable {
    struct Impact: Encodable {
        let combinedCommodity: String
        let netDelta: String
        let priceMove: String
        /// Nil where nothing is traded.
        let participation: String?
        let isMoreThanVolume: Bool
    }
    struct Survivor: Encodable {
        let member: String
        let need: String
        let uncovered: String
        let resource: String
        let defaults: Bool
    }
    struct Round: Encodable {
        let round: Int
        let impacts: [Impact]
        let members: [Survivor]
        let defaulting: [String]
        let shortfall: String
        let fundLeft: String
    }
    struct Defaulter: Encodable {
        let member: String
        let group: String
        let loss: String
        let shortfall: String
    }
    struct Share: Encodable {
        /// Nil for the house's tranche and what nobody bears.
        let member: String?
        let amount: String
    }
    struct Step: Encodable {
        /// margin, house_surplus, own_contribution, defaulters_contributions, house_tranche, survivors_contributions,
        /// assessment or uncovered, in this order.
        let step: String
        let amount: String
        let lines: [Share]
    }
    struct Losses: Encodable {
        let round: Int
        let loss: String
        let members: [Defaulter]
        let steps: [Step]
    }

    let businessDate: String
    let cycle: Cycle
    let run: Int32
    let scenario: Int
    let scenarioCode: String
    let currency: String
    let rounds: [Round]
    let capReached: Bool
    /// Why the rounds end before their time.
    let reason: String?
    let waterfall: Losses

    init(_ followed: FollowedDefault, in context: RunContext) {
        let decimals = followed.base.decimals
        func money(_ units: Int64) -> String {
            ExactDecimal(minorUnits: units, decimals: decimals).text(decimals: decimals)
        }
        businessDate = "\(context.businessDate)"
        cycle = context.cycle
        run = context.number
        scenario = followed.secondRound.scenario
        scenarioCode = followed.scenario.text
        currency = "\(followed.base.code)"
        capReached = followed.secondRound.capReached
        reason = followed.secondRound.refusal.map { "\($0)" }
        rounds = followed.secondRound.rounds.map { round in
            Round(
                round: round.number,
                impacts: round.impacts.map {
                    Impact(
                        combinedCommodity: $0.combinedCommodity.text, netDelta: $0.netDelta.text,
                        priceMove: $0.priceMove.text(decimals: 6), participation: $0.participation?.text(decimals: 6),
                        isMoreThanVolume: $0.isMoreThanVolume)
                },
                members: round.members.map {
                    Survivor(
                        member: followed.members[$0.member].text, need: money($0.need), uncovered: money($0.uncovered),
                        resource: money($0.resource), defaults: $0.defaults)
                },
                defaulting: round.defaulting.map { followed.groups[$0].text }, shortfall: money(round.shortfall),
                fundLeft: money(round.fundLeft))
        }
        let found = followed.waterfall
        waterfall = Losses(
            round: followed.secondRound.rounds.count - 1, loss: money(found.loss),
            members: found.defaulted.map {
                Defaulter(
                    member: followed.members[$0.member].text, group: followed.memberGroups[$0.member].text,
                    loss: money($0.loss), shortfall: money($0.shortfall))
            },
            steps: Waterfall.Step.allCases.map { step in
                Step(
                    step: step.rawValue, amount: money(found.total(of: step)),
                    lines: found.lines.filter { $0.step == step }.map { line in
                        Share(member: line.member.map { followed.members[$0].text }, amount: money(line.amount))
                    })
            })
    }
}
