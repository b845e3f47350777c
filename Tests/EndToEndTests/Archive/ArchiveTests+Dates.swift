import Foundation
import Postgres
import Testing

/// What every command says of a date that is archived.
extension ArchiveTests {
    /// Whoever would change the date is refused with 65, whoever reads it with 66, and both are told where it is.
    func expectNamed(_ installation: Installation) throws {
        let folder = Self.folder(installation)
        let named = "\(Self.dayBefore) is archived in \(folder)\nhint: margin archive --restore \(folder)\n"
        let old = try installation.write(
            "old.csv", "business_date,series,price,currency", "2018-12-24,WTI-F-2019-02,45.41,USD")
        let waiver = try installation.write(
            "waiver.csv", "business_date,rule,table_name,row_key,column_name,value,reason,waived_by",
            "2018-12-27,price_move,settlement_price,X,price,1,r,me")
        let price = ["correct", "price", "--series", "WTI-F-2019-02", "--price", "46.6", "--reason", "r"]
        let onDay = ["--business-date", Self.dayBefore]
        // Its own inputs stay, since the day after needs them; it is archived all the same.
        for words in [
            ["run"], ["rerun", "--reason", "r"], ["rerun", "--whole", "--reason", "r"], ["publish"],
            ["publish", "--run", "2"],
        ] {
            let ended = try installation.start("margin", words + onDay).wait()
            #expect(ended.code == 65 && ended.errors == "error: \(named)", "\(words): \(ended.errors)")
        }
        for stage in NightTests.stages {
            let ended = try installation.start("margin-\(stage)", onDay).wait()
            #expect(ended.code == 65 && ended.errors == "error: \(named)", "\(stage): \(ended.errors)")
        }
        for words in [["plan"], ["verify"], ["show"], ["explain", "ANY"], ["diff", "--runs", "1,2"]] {
            let ended = try installation.start("margin", words + onDay).wait()
            #expect(ended.code == 66 && ended.errors == "error: \(named)", "\(words): \(ended.errors)")
        }
        let examined = try installation.start("margin", ["doctor"] + onDay).wait()
        #expect(examined.code == 1 && examined.output.contains("is archived in \(folder)"), "\(examined.output)")
        for words in [
            ["load", "settlement_price", old], ["load", "finding_waiver", waiver],
            ["correct", "price", "--from", old, "--add", "--reason", "r"],
            price + onDay, price + onDay + ["--dry-run"],
            ["correct", "price", "--business-date", "2018-12-20", "--series", "NONE", "--price", "1", "--reason", "r"],
            ["correct", "parameter", "combined_commodity_margin"] + onDay
                + ["--until", Self.day, "--reason", "r", "combined_commodity=WTI", "set", "price_scan_range=5"],
        ] {
            let ended = try installation.start("margin", words).wait()
            #expect(ended.code == 65, "\(words): \(ended.errors)")
            let ending = " is archived in \(folder)\nhint: margin archive --restore \(folder)\n"
            #expect(ended.errors.hasSuffix(ending), "\(words): \(ended.errors)")
        }
        #expect(throws: PostgresError.self) {
            try installation.connect().script(
                "insert into margin.run (business_date, cycle, run_number, status) "
                    + "values ('2018-12-27', 'EOD', 9, 'building')")
        }
        // Histories have no business date and are not archived.
        let levels = try installation.write(
            "levels.csv", "risk_factor,level_date,level,source", "WTI,2018-12-24,42.53,test")
        let history = try installation.run("margin", "load", "risk_factor_level", levels)
        #expect(history.code == 0, "\(history.errors)")
    }
}
