import ClearingModel
import Parameters
import Quantities
import Stress

/// Replicated stress as what is printed; amounts are texts with the base currency's decimals, by the column names of
/// the reports `stress-exposures` and `stress-units`.
package struct StressReplicaDocument: ReplicatedDocument, Sendable {
    /// One scenario.
    package struct ScenarioPart: Encodable, Sendable {
        package let number: Int
        package let scenario: String
    }

    /// One account, or an owner of a segregated one.
    package struct ExposurePart: Encodable, Sendable {
        package let member: String
        package let account: String
        package let owner: String
        package let unit: String
        package let cover: String
        package let noOffsetExposure: String
        /// By scenario number.
        package let exposure: [String]
    }

    /// What is closed out on its own.
    package struct UnitPart: Encodable, Sendable {
        package let member: String
        package let unit: String
        package let cover: String
        package let noOffsetExposure: String
        package let noOffsetShortfall: String
        package let shortfall: [String]
    }

    /// All units of a member.
    package struct MemberPart: Encodable, Sendable {
        package let member: String
        package let noOffsetShortfall: String
        package let shortfall: [String]
    }

    package let businessDate: String
    package let cycle: String
    package let runNumber: Int?
    package let parameterSet: String
    package let stressSet: String
    package let currency: String
    package let scenarios: [ScenarioPart]
    package let exposures: [ExposurePart]
    package let units: [UnitPart]
    package let members: [MemberPart]
    /// The first difference from each report compared with that has one; nil where none was compared.
    package var differences: [String]?

    package init(_ replica: StressReplica) {
        let (book, stress) = (replica.book, replica.stress)
        func money(_ minorUnits: Int64) -> String {
            ExactDecimal(minorUnits: minorUnits, decimals: book.base.decimals).text(decimals: book.base.decimals)
        }
        businessDate = replica.run.businessDate.description
        cycle = replica.run.cycle
        runNumber = replica.run.runNumber
        parameterSet = replica.parameterSet.text
        stressSet = replica.stressSet
        currency = "\(book.base.code)"
        scenarios = replica.scenarios.enumerated().map { ScenarioPart(number: $0 + 1, scenario: $1.text) }
        var unitOf: [Int: String] = [:]
        for unit in stress.units.units { for portfolio in unit.portfolios { unitOf[portfolio] = unit.name } }
        exposures = book.portfolios.enumerated().map { index, portfolio in
            let (account, row) = (book.house.accounts[portfolio.account], stress.exposures.row(of: index))
            return ExposurePart(
                member: account.member.text, account: account.code.text, owner: portfolio.owner.text,
                unit: unitOf[index] ?? "", cover: money(stress.covers[index]), noOffsetExposure: money(row.first ?? 0),
                exposure: row.dropFirst().map(money))
        }
        units = stress.units.units.enumerated().map { index, unit in
            let shortfalls = stress.shortfalls(ofUnit: index)
            return UnitPart(
                member: stress.units.members[unit.member].text, unit: unit.name,
                cover: money(stress.units.sum(stress.covers, of: index)),
                noOffsetExposure: money(unit.portfolios.reduce(0) { $0 + stress.exposures.exposure(of: $1, in: 0) }),
                noOffsetShortfall: money(shortfalls[0]), shortfall: shortfalls.dropFirst().map(money))
        }
        members = stress.units.members.enumerated().map { index, member in
            MemberPart(
                member: member.text, noOffsetShortfall: money(stress.shortfalls[0].members[index]),
                shortfall: stress.shortfalls.dropFirst().map { money($0.members[index]) })
        }
    }

    /// As text: members, their units, and the accounts of these; figures in the order of the scenarios, then the bound.
    package var lines: [String] {
        var lines = [
            "\(title), stress set \(stressSet), amounts in \(currency)",
            "scenarios " + scenarios.map { "\($0.number) \($0.scenario)" }.joined(separator: ", ")
                + "; behind them the bound without offsets",
        ]
        for member in members {
            lines.append("member \(member.member): shortfall \(Self.list(member.shortfall, member.noOffsetShortfall))")
            for unit in units where unit.member == member.member {
                lines.append(
                    "  unit \(unit.unit): cover \(unit.cover), shortfall "
                        + Self.list(unit.shortfall, unit.noOffsetShortfall))
                for row in exposures where row.member == member.member && row.unit == unit.unit {
                    lines.append(
                        "    \(row.account)\(row.owner.isEmpty ? "" : ", owner \(row.owner)"): cover \(row.cover), "
                            + "exposure \(Self.list(row.exposure, row.noOffsetExposure))")
                }
            }
        }
        return lines
    }

    private static func list(_ amounts: [String], _ bound: String) -> String {
        amounts.joined(separator: ", ") + "; \(bound)"
    }
}
