import Testing

@testable import SimulatedShopify

@Suite struct BulkOperationTests {
    static let start = """
        mutation($query: String!) { bulkOperationRunQuery(query: $query) { bulkOperation { id status } userErrors { field code message } } }
        """
    static let catalogue = "{ products { edges { node { id title } } } }"
    static let status = "query($id: ID!) { bulkOperation(id: $id) { status errorCode objectCount url partialDataUrl } }"

    private func start(_ query: String, in shop: TestShop) async throws -> JSONValue {
        try await shop.graphQL(Self.start, ["query": .string(query)]).data["bulkOperationRunQuery"] ?? .null
    }

    private func poll(_ payload: JSONValue, in shop: TestShop) async throws -> JSONValue {
        try await shop.graphQL(Self.status, ["id": payload["bulkOperation"]?["id"] ?? .null]).data["bulkOperation"]
            ?? .null
    }

    @Test(arguments: [
        ("{ shop { id } }", "at least one connection"),
        ("{ products { nodes { id } } }", "nodes"), ("{ nodes(ids: []) { id } }", "top level"),
        ("{ products { edges { node { title variants { edges { node { id } } } } } } }", "must select the 'id' field"),
        ("mutation { bulkOperationCancel(id: \"gid://shopify/BulkOperation/1\") { userErrors { message } } }", "query"),
        ("{ products { edges { node { nope } } } }", "doesn't exist"),
        (
            "{ a: products { edges { node { id } } } b: products { edges { node { id } } } c: products { edges { node { id } } } "
                + "d: products { edges { node { id } } } e: products { edges { node { id } } } f: products { edges { node { id } } } }",
            "more than 5 connections"
        ),
        (
            "{ products { edges { node { id variants { edges { node { id inventoryItem { inventoryLevels { edges { node { id "
                + "location { inventoryLevels { edges { node { id } } } } } } } } } } } } } } }", "nesting depth"
        ),
    ])
    func `queries against the bulk rules are refused`(query: String, message: String) async throws {
        let shop = try await TestShop()
        let payload = try await start(query, in: shop)
        await shop.stop()
        let error = payload["userErrors"]?.elements?.first
        #expect(error?["code"] == "INVALID")
        #expect(error?["message"]?.text?.contains(message) == true, "\(error?["message"]?.text ?? "no error")")
        #expect(payload["bulkOperation"] == .null)
    }

    @Test func `polls move an operation on`() async throws {
        let shop = try await TestShop { $0.bulkPolls = 3 }
        let payload = try await start(Self.catalogue, in: shop)
        var statuses: [JSONValue?] = [payload["bulkOperation"]?["status"]]
        for _ in 0..<4 { statuses.append(try await poll(payload, in: shop)["status"]) }
        await shop.stop()
        #expect(statuses == ["CREATED", "RUNNING", "RUNNING", "COMPLETED", "COMPLETED"])
    }

    /// SN-6: the sixth operation has to wait.
    @Test func `a sixth operation is refused with the ids of the others`() async throws {
        let shop = try await TestShop()
        var ids: [String] = []
        for _ in 0..<5 { ids.append(try await start(Self.catalogue, in: shop)["bulkOperation"]?["id"]?.text ?? "") }
        let sixth = try await start(Self.catalogue, in: shop)
        await shop.stop()
        let error = sixth["userErrors"]?.elements?.first
        #expect(error?["code"] == "OPERATION_IN_PROGRESS")
        #expect(error?["field"] == .null)
        #expect(ids.allSatisfy { error?["message"]?.text?.contains($0) == true })
    }

    @Test func `an empty result has no link and no objects`() async throws {
        let shop = try await TestShop { $0.products = [] }
        let status = try await poll(try await start(Self.catalogue, in: shop), in: shop)
        await shop.stop()
        #expect(status["status"] == "COMPLETED")
        #expect(status["objectCount"] == "0")
        #expect(status["url"] == .null)
    }

    @Test func `a missing scope fails the operation`() async throws {
        let shop = try await TestShop { $0.scopes = [] }
        let status = try await poll(try await start(Self.catalogue, in: shop), in: shop)
        await shop.stop()
        #expect(status["status"] == "FAILED")
        #expect(status["errorCode"] == "ACCESS_DENIED")
    }

    @Test func `an operation is cancelled in two steps, a finished one is not`() async throws {
        let shop = try await TestShop { $0.bulkPolls = 5 }
        let payload = try await start(Self.catalogue, in: shop)
        let cancel =
            "mutation($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { message } } }"
        let id: JSONValue = ["id": payload["bulkOperation"]?["id"] ?? .null]
        let first = try await shop.graphQL(cancel, id).data["bulkOperationCancel"]
        let after = try await poll(payload, in: shop)["status"]
        let second = try await shop.graphQL(cancel, id).data["bulkOperationCancel"]
        await shop.stop()
        #expect(first?["bulkOperation"]?["status"] == "CANCELING")
        #expect(after == "CANCELED")
        #expect(second?["userErrors"]?.elements?.count == 1)
    }

    @Test func `operations are listed, newest first on request, with their queries`() async throws {
        let shop = try await TestShop()
        _ = try await start(Self.catalogue, in: shop)
        _ = try await start("{ collections { edges { node { id } } } }", in: shop)
        let reply = try await shop.graphQL(
            "{ bulkOperations(first: 20, reverse: true) { nodes { type status query } } }"
        )
        await shop.stop()
        let nodes = reply.data["bulkOperations"]?["nodes"]?.elements
        #expect(nodes?.map { $0["query"] } == ["{ collections { edges { node { id } } } }", .string(Self.catalogue)])
    }

    @Test func `the file needs no token, and slashes are escaped on request`() async throws {
        for escapes in [true, false] {
            let shop = try await TestShop { $0.escapesMarkup = escapes }
            let url = try await poll(try await start(Self.catalogue, in: shop), in: shop)["url"]?.text ?? ""
            let file = try await shop.send("GET", url)
            await shop.stop()
            #expect(file.status == 200)
            #expect(file.text.contains(#"gid:\/\/shopify\/Product"#) == escapes)
        }
    }

    @Test func `a product in two collections is written once per parent`() async throws {
        let shop = try await TestShop()
        let (_, lines) = try await shop.export(
            "{ collections { edges { node { id handle products { edges { node { id } } } } } } }"
        )
        await shop.stop()
        let children = lines.filter { $0["__parentId"] != nil }
        #expect(children.count == 3)
        #expect(Set(children.compactMap { $0["id"]?.text }).count == 2)
    }

    @Test func `a bulk mutation runs every line of the uploaded file`() async throws {
        let shop = try await TestShop()
        let upload = try await shop.graphQL(
            """
            mutation { stagedUploadsCreate(input: [{resource: BULK_MUTATION_VARIABLES, filename: "v.jsonl",
              mimeType: "text/jsonl", httpMethod: POST}]) { stagedTargets { url parameters { name value } } userErrors { message } } }
            """
        )
        let target = upload.data["stagedUploadsCreate"]?["stagedTargets"]?.elements?.first ?? .null
        let product = shop.ids(sku: "LAMP-S").product.jsonText
        let lines =
            "{\"p\":{\"id\":\(product),\"vendor\":\"V1\"}}\n{\"p\":{\"nope\":1}}\n{\"p\":{\"id\":\(product),\"title\":\"\"}}\n"
        var body = ""
        for parameter in target["parameters"]?.elements ?? [] {
            let name = parameter["name"]?.text ?? ""
            body +=
                "--XX\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(parameter["value"]?.text ?? "")\r\n"
        }
        body +=
            "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"v.jsonl\"\r\n\r\n\(lines)\r\n--XX--\r\n"
        let posted = try await shop.send(
            "POST",
            target["url"]?.text ?? "",
            Array(body.utf8),
            ["Content-Type": "multipart/form-data; boundary=XX"]
        )
        let key = target["parameters"]?.elements?.first { $0["name"] == "key" }?["value"] ?? .null
        let run = try await shop.graphQL(
            """
            mutation($m: String!, $path: String!) { bulkOperationRunMutation(mutation: $m, stagedUploadPath: $path) {
              bulkOperation { id } userErrors { code } } }
            """,
            [
                "m":
                    "mutation($p: ProductUpdateInput!) { productUpdate(product: $p) { product { vendor } userErrors { field } } }",
                "path": key,
            ]
        )
        let status = try await poll(run.data["bulkOperationRunMutation"] ?? .null, in: shop)
        let file = try await shop.send("GET", status["url"]?.text ?? "")
        await shop.stop()
        #expect(posted.status == 201)
        let results = file.text.split(separator: "\n").map { (try? JSONParser.parse(String($0))) ?? .null }
        #expect(results.map { $0["__lineNumber"] } == [0, 1, 2])
        #expect(results.first?["data"]?["productUpdate"]?["product"]?["vendor"] == "V1")
        #expect(results[1]["errors"]?.elements?.count == 1)
        #expect(results[2]["data"]?["productUpdate"]?["userErrors"] == [["field": ["title"]]])
    }

    @Test(arguments: [("{}", nil), ("", "INVALID_STAGED_UPLOAD_FILE")] as [(String, String?)])
    func `a file can be put, but not an empty one`(content: String, code: String?) async throws {
        let shop = try await TestShop()
        let upload = try await shop.graphQL(
            """
            mutation { stagedUploadsCreate(input: [{resource: BULK_MUTATION_VARIABLES, filename: "v.jsonl",
              mimeType: "text/jsonl", httpMethod: PUT}]) { stagedTargets { url } userErrors { message } } }
            """
        )
        let url = upload.data["stagedUploadsCreate"]?["stagedTargets"]?.elements?.first?["url"]?.text ?? ""
        let put = try await shop.send("PUT", url, Array(content.utf8))
        let path = url.dropFirst(shop.base.count + 1).prefix { $0 != "?" }
        let run = try await shop.graphQL(
            """
            mutation($path: String!) { bulkOperationRunMutation(stagedUploadPath: $path,
              mutation: "mutation($p: ProductUpdateInput!) { productUpdate(product: $p) { userErrors { message } } }") {
              userErrors { code } } }
            """,
            ["path": .string(String(path))]
        )
        await shop.stop()
        #expect(put.status == 200)
        let errors = run.data["bulkOperationRunMutation"]?["userErrors"]?.elements?.compactMap { $0["code"]?.text }
        #expect(errors == (code.map { [$0] } ?? []))
    }

    @Test func `a bulk mutation without its file is refused`() async throws {
        let shop = try await TestShop()
        let reply = try await shop.graphQL(
            """
            mutation { bulkOperationRunMutation(mutation: "mutation($p: ProductUpdateInput!) { productUpdate(product: $p) { userErrors { message } } }",
              stagedUploadPath: "nowhere") { bulkOperation { id } userErrors { code } } }
            """
        )
        await shop.stop()
        #expect(reply.data["bulkOperationRunMutation"]?["userErrors"] == [["code": "NO_SUCH_FILE"]])
    }
}
