import Foundation
import TestSupport
import Testing

/// What a member is given names nobody else: no other member's code or name, and no account of theirs.
@Suite struct `A member's files` {
    @Test(arguments: DemoNight.dates) func `name no other member, and no account of another`(
        _ date: String
    ) async throws {
        let night = try await DemoNight.made.value
        let members = try CSVRows.rows(ofFile: night.house + "/clearing_member.csv")
        let accounts = try CSVRows.rows(ofFile: night.house + "/account.csv")
        let list = FileManager.default.contentsOfDirectory(atPath:)
        let names = try list(night.current(date))
        var read = 0
        for member in members {
            let own = try #require(member["member"])
            let strange = Set(
                members.filter { $0["member"] != own }.flatMap { [$0["member"] ?? "", $0["name"] ?? ""] }
                    + accounts.filter { $0["member"] != own }.compactMap { $0["account"] })
            // Its folder is all that it is given: its own files, what is for all members, and their manifest.
            let given = try list("\(night.current(date))/members/\(own)")
            let ownFiles = names.filter { $0.components(separatedBy: ".").dropFirst(2).first == own }
            #expect(Set(ownFiles).isSubset(of: given) && given.contains("manifest.json"))
            for name in given {
                let text = try String(contentsOfFile: "\(night.current(date))/members/\(own)/\(name)", encoding: .utf8)
                let words = Self.words(text)
                #expect(words.isDisjoint(with: strange), "\(name): \(words.intersection(strange).sorted())")
                #expect(words.contains(own) || !ownFiles.contains(name), "\(name) does not name \(own)")
                read += 1
            }
        }
        // Every member has some files, and what is looked for would be found: the house's own files name them all.
        #expect(read > 10 * members.count, "\(read) files of \(members.count) members")
        let house = Self.words(try String(contentsOfFile: night.file("house-summary", date, "csv"), encoding: .utf8))
        #expect(members.allSatisfy { house.contains($0["member"] ?? "") })
    }

    /// Codes and names stand between commas, quotes, tags or at the ends of lines; codes in sentences between spaces.
    private static func words(_ text: String) -> Set<String> {
        let cells = Set(text.components(separatedBy: CharacterSet(charactersIn: ",\"<>;\r\n")))
        return cells.union(cells.flatMap { $0.components(separatedBy: CharacterSet(charactersIn: " :#")) })
    }
}
