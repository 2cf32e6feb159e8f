import Catalog
import Foundation
import Reconciliation
import ReportPage
import Reporting
import Settings
import Testing

@testable import Mail

/// The page that goes with a mail: each audience's own.
struct PageMailTests {
    /// Two stores whose every word and number can be told apart.
    private func whole() throws -> (report: RunReport, history: RunHistory) {
        func part(_ name: String, _ mark: String, status: String, count: Int) throws -> DestinationReport {
            var summary = DestinationSummary()
            summary.matched = count
            summary.applied = 2
            summary.corrections = [.price: 2]
            summary.heldFields = 1
            let shop = try Sample.shop(name).text
            return DestinationReport(
                shop: try Sample.shop(name),
                status: status,
                detail: "",
                plan: nil,
                brakes: [BrakeHit(brake: .heldItems, extent: .field(.price), detail: "brake of \(mark)")],
                rate: "rate of \(mark)",
                summary: summary,
                corrections: (1...2).map {
                    Sample.row(
                        "\(mark)-ROW-\($0)",
                        product: "\(mark) lamp",
                        new: "\(count).\($0)0",
                        reason: "\(mark) why"
                    )
                },
                findings: [
                    FindingRow(
                        kind: .held,
                        shop: shop,
                        sku: "\(mark)-FOUND",
                        product: "\(mark) chair",
                        productID: 4,
                        variantID: 5,
                        link: "https://admin.shopify.com/store/\(name)/products/4/variants/5",
                        detail: "\(mark) step",
                        suggestion: "look, then synctec approve 1f3c9a20"
                    ),
                    FindingRow(
                        kind: .duplicateSKU,
                        shop: try Sample.shop("northwind-supply").text,
                        sku: "\(mark)-TWICE",
                        productID: 777_001,
                        variantID: 777_002,
                        link: "https://admin.shopify.com/store/northwind-supply/products/777001/variants/777002",
                        detail: "on two variants"
                    ),
                ]
            )
        }
        let parts = [
            try part("kumo-living", "KUMO", status: "BRAKE", count: 48_211),
            try part("lumen-home", "LUMEN", status: "ATTENTION", count: 93_127),
        ]
        let report = try Sample.report(parts, status: "BRAKE", detail: "kumo-living.myshopify.com holds the run up")
        let history = RunHistory(
            parts: (1...3).flatMap { day in
                parts.enumerated().map { index, part in
                    PastPart(
                        run: "run-\(day)",
                        startedAt: Sample.time + .seconds(-86_400 * (4 - day)),
                        shop: part.shop,
                        status: index == 0 ? "STORE" : "OK",
                        drift: DriftCount(fields: index == 0 ? 58_310 + day : 61_420 + day, stock: 1)
                    )
                }
            },
            repeats: parts.map { part in
                let mark = part.shop.name.hasPrefix("kumo") ? "KUMO" : "LUMEN"
                return RepeatedDrift(
                    shop: part.shop,
                    sku: "\(mark)-AGAIN",
                    product: "\(mark) again",
                    field: .title,
                    times: 3,
                    first: Sample.time,
                    last: Sample.time,
                    found: "\(mark) found",
                    productID: 4,
                    variantID: 5
                )
            }
        )
        return (report, history)
    }

    private func drafts(_ which: String = "run") throws -> [MailDraft] {
        let list = try Sample.list(
            team: [("ops@n.example", .always)],
            ["lumen-home": [("r@l.example", .always)], "kumo-living": [("r@k.example", .always)]]
        )
        let (report, history) = try whole()
        if which == "run" { return try Sample.post(report, list, history: history).drafts }
        return try ReportMail(report, list: list, reports: "/r", mostBytes: 10_000_000, history: history)
            .again(to: nil, only: nil, at: Sample.time)
    }

    /// Every part of a mail as its reader gets it, unpacked, by name.
    private func parts(of draft: MailDraft) throws -> [String: String] {
        let (mail, bytes) = try Sample.read(draft)
        #expect(mail.defects == [])
        var parts = ["text": mail.text, "html": mail.html]
        parts["headers"] = mail.headers.map { $0.joined(separator: ": ") }.joined(separator: "\n")
        parts["raw"] = String(decoding: bytes, as: UTF8.self)
        for file in mail.attachments {
            #expect(!file.name.hasSuffix(".gz"))
            parts[file.name] = String(decoding: file.bytes, as: UTF8.self)
        }
        return parts
    }

    @Test(arguments: ["run", "again"])
    func `ML-3 a reseller's mail has a page of its own store, and no part has anything of another's`(which: String)
        throws
    {
        for draft in try drafts(which) {
            guard case .destination(let shop) = draft.audience else { continue }
            let isLumen = shop.name == "lumen-home"
            let parts = try parts(of: draft)
            #expect(
                Set(parts.keys) == [
                    "text", "html", "headers", "raw", "summary.csv", "report.html", "\(shop.name)-findings.csv",
                    "\(shop.name)-corrections.csv",
                ]
            )
            let page = try #require(parts["report.html"])
            // Its own: outcome, rows, findings, sums, the runs before.
            let own = isLumen ? ["LUMEN", "93,127", "61,423"] : ["KUMO", "48,211", "58,313"]
            let rows = ["-ROW-1", "-ROW-2", "-FOUND", "-TWICE", "-AGAIN"].map { own[0] + $0 }
            for word in ["<!doctype html>", shop.text] + rows + own.dropFirst() {
                #expect(page.contains(word), "\(word) is not in the page of \(shop)")
            }
            // Nothing of the other: name, SKUs, products, findings, prices, sums, and nothing that adds both up.
            let foreign =
                isLumen ? ["kumo", "48211", "48,211", "58,31", "5831"] : ["lumen", "93127", "93,127", "61,42", "6142"]
            let common = [
                "141338", "141,338", "2 stores", "holds the run up", "synctec approve 1", "777001", "777002",
                "/store/northwind-supply/", "ops@n.example",
            ]
            for (name, part) in parts {
                for word in foreign + common {
                    #expect(!part.lowercased().contains(word), "\(word) is in \(name) of \(shop)'s mail")
                }
            }
        }
    }

    @Test func `the team's mail has the page of all stores`() throws {
        let draft = try #require(try drafts().first { $0.audience == .team })
        let page = try #require(try parts(of: draft)["report.html"])
        for word in ["kumo-living", "lumen-home", "KUMO-FOUND", "LUMEN-FOUND", "synctec approve"] {
            #expect(page.contains(word))
        }
    }

    @Test func `a page stays readable at a touch unless it is huge`() throws {
        var box = AttachmentBox(mostBytes: 10_000_000)
        box.add(page: Array(repeating: UInt8(ascii: "x"), count: 200_000), as: "report.html")
        box.add(page: Array(repeating: UInt8(ascii: "x"), count: 2_000_000), as: "huge.html")
        #expect(box.attachments.map(\.name) == ["report.html", "huge.html.gz"])
    }
}
