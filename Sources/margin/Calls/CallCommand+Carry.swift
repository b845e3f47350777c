import ArgumentParser
import Commands
import Operations
import Runtime
import Storage
import TextFiles

extension CallCommand {
    struct Carry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make what the calls of the night before leave owed an input of a date.",
            discussion: """
                Before the night of the date: of each call that was not met whole, the variation margin that is still \
                unpaid becomes a row of variation_margin_owed. Margin is not carried: the night asks for it anew. \
                Again after further payments, it changes the rows. A house that does not give this command loads the \
                table itself.
                """)

        @OptionGroup var date: BusinessDateOption
        @OptionGroup var login: PersonOption
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.open(as: login.person)
                let carried = try CallLife(database).carry(to: date.businessDate)
                if output.json { return print(try JSONText.line(carried)) }
                print("business date \(date.businessDate)")
                print(carried.lines.joined(separator: "\n").printable)
                if carried.load != nil { print("next: margin plan --business-date \(date.businessDate)") }
            }
        }
    }
}
