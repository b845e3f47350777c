import Foundation
import Testing

/// One's own data, from a folder of CSV files.
@Suite struct LoadTests {
    @Test func `a folder is loaded whole or not at all, with the bad cells of every file`() async throws {
        let desk = try await Desk()
        let before = try desk.number("select count(*) from margin.input_load")
        let house = try EditedHouse()
        try house.removeTable("parameter_set")
        try house.write("currency", "currency,minor_unit_decimals\nSEK,2\n")
        try house.write("clearing_member", "member,name,member_group\nGAMMA,Gamma,GAMMA\nDEL TA,Delta,DELTA\n")
        try house.write("interest_rate", "business_date,rate_code,rate\n2018-12-31,SEK-1D,low\n")
        for table in try FileManager.default.contentsOfDirectory(atPath: house.folder) {
            let name = String(table.dropLast(4))
            if !["currency", "clearing_member", "interest_rate"].contains(name) { try house.removeTable(name) }
        }
        let refused = try desk.run("margin", "load", house.folder)
        #expect(refused.code == 65)
        #expect(refused.errors.contains("clearing_member.csv: nothing was loaded: 1 error\n  line 3, member “DEL TA”"))
        #expect(refused.errors.contains("interest_rate.csv: nothing was loaded: 1 error\n  line 2, rate “low”"))
        #expect(refused.errors.hasSuffix("hint: mend the files and load the folder again\n"))
        #expect(try desk.number("select count(*) from margin.input_load") == before)
        #expect(try desk.number("select count(*) from margin.currency where currency = 'SEK'") == 0)
        try house.replace("clearing_member", "DEL TA", with: "DELTA")
        try house.replace("interest_rate", "low", with: "-0.0025")
        let mended = try desk.run("margin", "load", house.folder)
        #expect(mended.code == 0, "\(mended.errors)")
        #expect(mended.output == "clearing_member: 2 rows\ncurrency: 1 row\ninterest_rate: 1 row\n")
        try house.close()
        try await desk.close()
    }
}
