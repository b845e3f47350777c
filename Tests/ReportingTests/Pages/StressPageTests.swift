import ClearingModel
import Digests
import Foundation
import Quantities
import Reporting
import TestSupport
import Testing

@Suite struct `The page of stress` {
    private func header(run: Int32, set: String = "2018-12") -> RunHeader {
        RunHeader(
            run: RunIdentity(businessDate: sampleHeader.run.businessDate, cycle: .endOfDay, runNumber: run),
            parameterSet: set, roundingTable: "methodology-1.4", numbersVersions: [:])
    }

    private func text(_ content: StressPageContent) -> String {
        String(decoding: StressPage.page(content, header: header(run: 1)).bytes, as: UTF8.self)
    }

    @Test func `has equal bytes for equal values`() {
        for content in [StressPageSamples.small, StressPageSamples.large, StressPageSamples.bare] {
            #expect(text(content) == text(content))
        }
    }

    @Test func `is one file of its run, and not issued again where only the run's number differs`() throws {
        let scratch = try ScratchFolder()
        var earlier: [ReportFileEntry] = []
        for number: Int32 in 1...3 {
            var folder = try ReportFolder(root: scratch.path, header: header(run: number), earlier: earlier)
            var content = StressPageSamples.small
            if number == 3 { content.fund += ExactDecimal.one }
            let page = StressPage.page(content, header: header(run: number))
            #expect(String(decoding: page.bytes[page.runPart], as: UTF8.self) == "\(number)")
            try folder.add(page)
            let file = try #require(try folder.seal().files.first)
            let issuer: Int32 = number == 2 ? 1 : number
            #expect(file.name == "stress-page.2018-12-31.EOD.r\(issuer).html" && file.format == .html)
            #expect(file.runNumber == issuer && file.corrects == (number == 3 ? 1 : nil))
            #expect(file.content != file.sha256)
            let bytes = try scratch.read("2018-12-31/EOD/r\(issuer)/\(file.name)")
            #expect(try SHA256Digest(of: bytes) == file.sha256 && file.byteCount == Int64(bytes.count))
            // Nine scenarios with the bound, eight edges, three rounds, two impacts, two members left uncovered.
            #expect(file.rowCount == 24)
            #expect(try ReportFolder.verify([file], of: header(run: number).run, root: scratch.path) == [])
            earlier = [file]
        }
        #expect(scratch.names("2018-12-31/EOD/r2") == ["manifest.json"])
        let manifest = try jsonObject(Data(try scratch.read("2018-12-31/EOD/r3/manifest.json")))
        let schema = try jsonObject(
            Data(contentsOf: URL(fileURLWithPath: "\(Checkout.root)/docs/schemas/manifest.schema.json")))
        var check = SchemaCheck()
        check.check(manifest, against: schema)
        #expect(check.faults == [])
    }

    @Test func `says in a sentence what a set does not ask for`() {
        let bare = text(StressPageSamples.bare)
        #expect(bare.contains("<p>The stress set asks for no reverse stress.</p>"))
        #expect(bare.contains("<p>The stress set follows no default through the others.</p>"))
        #expect(bare.contains("In no scenario would the fund have to bear anything."))
        var calm = StressPageSamples.bare
        calm.followsDefaults = true
        #expect(text(calm).contains("<p>No group has a shortfall, so that there is no default to follow.</p>"))
        #expect(text(StressPageSamples.large).contains("where the stress set stops following"))
        var ended = StressPageSamples.small
        ended.ending = PageRoundsEnding(
            scenarioNumber: 4, scenario: "crash", capReached: false, reason: "GAS has <no> volume")
        #expect(text(ended).contains("The rounds end before their time: GAS has &lt;no&gt; volume."))
    }

    @Test func `ranks by what the fund would have to bear, and edges by how near they are`() {
        #expect(StressPageSamples.small.ranked.map(\.number) == [4, 5, 6, 8, 1, 2, 3, 7])
        #expect(StressPageSamples.small.rankedEdges.map(\.number) == [4, 5, 6, 8, 7, 2, 1, 3])
        let large = StressPageSamples.large.rankedEdges.map(\.number)
        #expect(large.prefix(3) == [2, 3, 4] && large.suffix(10) == [1, 9, 17, 25, 33, 8, 16, 24, 32, 40])
    }

    @Test func `holds no script and loads nothing`() {
        for content in [StressPageSamples.small, StressPageSamples.large, StressPageSamples.bare] {
            let page = text(content).lowercased()
            for word in ["<script", "javascript:", " src=", " href=", "@import", "url(", " onload"] {
                #expect(!page.contains(word), "\(word)")
            }
        }
    }
}
