import Postgres

/// What the database refuses a person, beside what it refuses anybody.
package enum GovernanceRefusal: Error, Equatable, CustomStringConvertible {
    /// Who approves has made or loaded it.
    case authorApproves
    case approvedAlready
    /// A finding that is to be waived is waived already; with the database's sentence about by whom.
    case waivedAlready(String)
    /// A proposal whose changes do not fit their columns; with the database's sentence.
    case unusableChange(String)

    package var description: String {
        switch self {
        case .authorApproves: "the author may not approve"
        case .approvedAlready: "it is approved already"
        case .waivedAlready(let sentence), .unusableChange(let sentence): sentence
        }
    }

    /// Runs what approves, and names what the database refused.
    static func naming<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as PostgresError where error.constraint == "approver_is_not_the_author" {
            throw GovernanceRefusal.authorApproves
        } catch let error as PostgresError where error.sqlState.code == "23505" {
            throw GovernanceRefusal.approvedAlready
        }
    }
}
