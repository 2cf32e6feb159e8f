/// The part of the Admin API's schema, version 2026-07, that the simulator speaks, word for word as Shopify publishes it
/// (types and fields left out answer `undefinedField`, as a misspelt one does).
let simulatedSchemaText = """
    type QueryRoot {
      shop: Shop!
      currentAppInstallation: AppInstallation!
      publicApiVersions: [ApiVersion!]!
      location(id: ID): Location
      locations(first: Int, after: String, last: Int, before: String, reverse: Boolean = false, sortKey:
        LocationSortKeys = NAME, query: String, includeLegacy: Boolean = false, includeInactive: Boolean = false):
        LocationConnection!
      locationsCount(query: String, limit: Int = 10000): Count
      productsCount(query: String, savedSearchId: ID, limit: Int = 10000): Count
      productVariantsCount(query: String, limit: Int = 10000): Count
      products(first: Int, after: String, last: Int, before: String, reverse: Boolean = false, sortKey:
        ProductSortKeys = ID, query: String, savedSearchId: ID): ProductConnection!
      productVariants(first: Int, after: String, last: Int, before: String, reverse: Boolean = false, sortKey:
        ProductVariantSortKeys = ID, query: String, savedSearchId: ID): ProductVariantConnection!
      productVariant(id: ID!): ProductVariant
      collections(first: Int, after: String, last: Int, before: String, reverse: Boolean = false, sortKey:
        CollectionSortKeys = ID, query: String, savedSearchId: ID): CollectionConnection!
      collection(id: ID!): Collection
      collectionsCount(query: String, savedSearchId: ID, limit: Int = 10000): Count
      inventoryItem(id: ID!): InventoryItem
      inventoryItems(first: Int, after: String, last: Int, before: String, reverse: Boolean = false, query: String):
        InventoryItemConnection!
      inventoryLevel(id: ID!): InventoryLevel
      nodes(ids: [ID!]!): [Node]!
      node(id: ID!): Node
      product(id: ID!): Product
      productByIdentifier(identifier: ProductIdentifierInput!): Product
      bulkOperation(id: ID!): BulkOperation
      bulkOperations(first: Int, after: String, last: Int, before: String, reverse: Boolean = false, sortKey:
        BulkOperationsSortKeys = CREATED_AT, query: String): BulkOperationConnection!
      currentBulkOperation(type: BulkOperationType = QUERY): BulkOperation
    }
    type Mutation {
      productUpdate(product: ProductUpdateInput, identifier: ProductUpdateIdentifiers): ProductUpdatePayload
      productVariantsBulkUpdate(variants: [ProductVariantsBulkInput!]!, productId: ID!, allowPartialUpdates: Boolean
        = false): ProductVariantsBulkUpdatePayload
      inventorySetQuantities(input: InventorySetQuantitiesInput!): InventorySetQuantitiesPayload
      inventoryActivate(inventoryItemId: ID!, locationId: ID!, available: Int, onHand: Int, stockAtLegacyLocation:
        Boolean = false): InventoryActivatePayload
      stagedUploadsCreate(input: [StagedUploadInput!]!): StagedUploadsCreatePayload
      bulkOperationRunMutation(mutation: String!, stagedUploadPath: String!, groupObjects: Boolean = true,
        clientIdentifier: String): BulkOperationRunMutationPayload
      bulkOperationRunQuery(query: String!, groupObjects: Boolean! = false): BulkOperationRunQueryPayload
      bulkOperationCancel(id: ID!): BulkOperationCancelPayload
    }
    type Shop implements Node {
      id: ID!
      name: String!
      myshopifyDomain: String!
      currencyCode: CurrencyCode!
      ianaTimezone: String!
      email: String!
      url: URL!
      createdAt: DateTime!
      weightUnit: WeightUnit!
      plan: ShopPlan!
    }
    type ShopPlan {
      displayName: String!
      partnerDevelopment: Boolean!
      publicDisplayName: String!
      shopifyPlus: Boolean!
    }
    type AppInstallation implements Node {
      id: ID!
      accessScopes: [AccessScope!]!
    }
    type AccessScope {
      description: String!
      handle: String!
    }
    type ApiVersion {
      displayName: String!
      handle: String!
      supported: Boolean!
    }
    type Product implements LegacyInteroperability & Node {
      id: ID!
      legacyResourceId: UnsignedInt64!
      handle: String!
      title: String!
      descriptionHtml: HTML!
      vendor: String!
      productType: String!
      tags: [String!]!
      status: ProductStatus!
      seo: SEO!
      createdAt: DateTime!
      updatedAt: DateTime!
      publishedAt: DateTime
      totalInventory: Int!
      tracksInventory: Boolean!
      hasOnlyDefaultVariant: Boolean!
      isGiftCard: Boolean!
      templateSuffix: String
      options(first: Int): [ProductOption!]!
      variants(first: Int, after: String, last: Int, before: String, reverse: Boolean = false, sortKey:
        ProductVariantSortKeys = POSITION): ProductVariantConnection!
      variantsCount: Count
      collections(first: Int, after: String, last: Int, before: String, reverse: Boolean = false, sortKey:
        CollectionSortKeys = ID, query: String): CollectionConnection!
      inCollection(id: ID!): Boolean!
    }
    type ProductOption implements Node {
      id: ID!
      name: String!
      position: Int!
      values: [String!]!
    }
    type SEO {
      description: String
      title: String
    }
    type ProductVariant implements LegacyInteroperability & Node {
      id: ID!
      legacyResourceId: UnsignedInt64!
      title: String!
      displayName: String!
      sku: String
      barcode: String
      price: Money!
      compareAtPrice: Money
      taxable: Boolean!
      inventoryPolicy: ProductVariantInventoryPolicy!
      inventoryQuantity: Int
      position: Int!
      selectedOptions: [SelectedOption!]!
      createdAt: DateTime!
      updatedAt: DateTime!
      product: Product!
      inventoryItem: InventoryItem!
      availableForSale: Boolean!
    }
    type SelectedOption {
      name: String!
      value: String!
    }
    type InventoryItem implements LegacyInteroperability & Node {
      id: ID!
      legacyResourceId: UnsignedInt64!
      sku: String
      tracked: Boolean!
      requiresShipping: Boolean!
      countryCodeOfOrigin: CountryCode
      provinceCodeOfOrigin: String
      harmonizedSystemCode: String
      unitCost: MoneyV2
      measurement: InventoryItemMeasurement!
      inventoryLevel(locationId: ID!, includeInactive: Boolean = false): InventoryLevel
      inventoryLevels(includeInactive: Boolean = false, first: Int, after: String, last: Int, before: String,
        reverse: Boolean = false, query: String): InventoryLevelConnection!
      variant: ProductVariant!
      variants(first: Int, after: String, last: Int, before: String): ProductVariantConnection
      duplicateSkuCount: Int!
      locationsCount: Count
      createdAt: DateTime!
      updatedAt: DateTime!
    }
    type InventoryItemMeasurement implements Node {
      id: ID!
      weight: Weight
    }
    type Weight {
      unit: WeightUnit!
      value: Float!
    }
    type MoneyV2 {
      amount: Decimal!
      currencyCode: CurrencyCode!
    }
    type InventoryLevel implements Node {
      id: ID!
      isActive: Boolean!
      item: InventoryItem!
      location: Location!
      quantities(names: [String!]!): [InventoryQuantity!]!
      createdAt: DateTime!
      updatedAt: DateTime!
      canDeactivate: Boolean!
    }
    type InventoryQuantity implements Node {
      id: ID!
      name: String!
      quantity: Int!
      updatedAt: DateTime
    }
    type Location implements LegacyInteroperability & Node {
      id: ID!
      legacyResourceId: UnsignedInt64!
      name: String!
      isActive: Boolean!
      isFulfillmentService: Boolean!
      fulfillsOnlineOrders: Boolean!
      shipsInventory: Boolean!
      hasActiveInventory: Boolean!
      createdAt: DateTime!
      updatedAt: DateTime!
      inventoryLevel(inventoryItemId: ID!, includeInactive: Boolean = false): InventoryLevel
      inventoryLevels(includeInactive: Boolean = false, first: Int, after: String, last: Int, before: String,
        reverse: Boolean = false, query: String): InventoryLevelConnection!
    }
    type Collection implements Node {
      id: ID!
      legacyResourceId: UnsignedInt64!
      handle: String!
      title: String!
      descriptionHtml: HTML!
      updatedAt: DateTime!
      products(first: Int, after: String, last: Int, before: String, reverse: Boolean = false, sortKey:
        ProductCollectionSortKeys = COLLECTION_DEFAULT): ProductConnection!
      productsCount: Count
      seo: SEO!
      templateSuffix: String
      sortOrder: CollectionSortOrder!
      hasProduct(id: ID!): Boolean!
    }
    type Count {
      count: Int!
      precision: CountPrecision!
    }
    type PageInfo {
      endCursor: String
      hasNextPage: Boolean!
      hasPreviousPage: Boolean!
      startCursor: String
    }
    type BulkOperation implements Node {
      completedAt: DateTime
      createdAt: DateTime!
      errorCode: BulkOperationErrorCode
      fileSize: UnsignedInt64
      id: ID!
      objectCount: UnsignedInt64!
      partialDataUrl: URL
      query: String!
      rootObjectCount: UnsignedInt64!
      status: BulkOperationStatus!
      type: BulkOperationType!
      url: URL
    }
    type UserError implements DisplayableError {
      field: [String!]
      message: String!
    }
    type BulkOperationUserError implements DisplayableError {
      code: BulkOperationUserErrorCode
      field: [String!]
      message: String!
    }
    type BulkMutationUserError implements DisplayableError {
      code: BulkMutationErrorCode
      field: [String!]
      message: String!
    }
    type BulkOperationRunQueryPayload {
      bulkOperation: BulkOperation
      userErrors: [BulkOperationUserError!]!
    }
    type BulkOperationRunMutationPayload {
      bulkOperation: BulkOperation
      userErrors: [BulkMutationUserError!]!
    }
    type BulkOperationCancelPayload {
      bulkOperation: BulkOperation
      userErrors: [UserError!]!
    }
    type ProductUpdatePayload {
      product: Product
      userErrors: [UserError!]!
    }
    type ProductVariantsBulkUpdatePayload {
      product: Product
      productVariants: [ProductVariant!]
      userErrors: [ProductVariantsBulkUpdateUserError!]!
    }
    type ProductVariantsBulkUpdateUserError implements DisplayableError {
      code: ProductVariantsBulkUpdateUserErrorCode
      field: [String!]
      message: String!
    }
    type InventorySetQuantitiesPayload {
      inventoryAdjustmentGroup: InventoryAdjustmentGroup
      userErrors: [InventorySetQuantitiesUserError!]!
    }
    type InventorySetQuantitiesUserError implements DisplayableError {
      code: InventorySetQuantitiesUserErrorCode
      field: [String!]
      message: String!
    }
    type InventoryAdjustmentGroup implements Node {
      id: ID!
      createdAt: DateTime!
      reason: String!
      referenceDocumentUri: String
      changes(inventoryItemIds: [ID!], locationIds: [ID!], quantityNames: [String!]): [InventoryChange!]!
    }
    type InventoryChange {
      delta: Int!
      item: InventoryItem
      location: Location
      name: String!
      quantityAfterChange: Int
    }
    type InventoryActivatePayload {
      inventoryLevel: InventoryLevel
      userErrors: [UserError!]!
    }
    type StagedUploadsCreatePayload {
      stagedTargets: [StagedMediaUploadTarget!]
      userErrors: [UserError!]!
    }
    type StagedMediaUploadTarget {
      parameters: [StagedUploadParameter!]!
      resourceUrl: URL
      url: URL
    }
    type StagedUploadParameter {
      name: String!
      value: String!
    }
    type ProductConnection {
      edges: [ProductEdge!]!
      nodes: [Product!]!
      pageInfo: PageInfo!
    }
    type ProductEdge {
      cursor: String!
      node: Product!
    }
    type ProductVariantConnection {
      edges: [ProductVariantEdge!]!
      nodes: [ProductVariant!]!
      pageInfo: PageInfo!
    }
    type ProductVariantEdge {
      cursor: String!
      node: ProductVariant!
    }
    type InventoryItemConnection {
      edges: [InventoryItemEdge!]!
      nodes: [InventoryItem!]!
      pageInfo: PageInfo!
    }
    type InventoryItemEdge {
      cursor: String!
      node: InventoryItem!
    }
    type InventoryLevelConnection {
      edges: [InventoryLevelEdge!]!
      nodes: [InventoryLevel!]!
      pageInfo: PageInfo!
    }
    type InventoryLevelEdge {
      cursor: String!
      node: InventoryLevel!
    }
    type LocationConnection {
      edges: [LocationEdge!]!
      nodes: [Location!]!
      pageInfo: PageInfo!
    }
    type LocationEdge {
      cursor: String!
      node: Location!
    }
    type CollectionConnection {
      edges: [CollectionEdge!]!
      nodes: [Collection!]!
      pageInfo: PageInfo!
    }
    type CollectionEdge {
      cursor: String!
      node: Collection!
    }
    type BulkOperationConnection {
      edges: [BulkOperationEdge!]!
      nodes: [BulkOperation!]!
      pageInfo: PageInfo!
    }
    type BulkOperationEdge {
      cursor: String!
      node: BulkOperation!
    }
    interface Node {
      id: ID!
    }
    interface DisplayableError {
      field: [String!]
      message: String!
    }
    interface LegacyInteroperability {
      legacyResourceId: UnsignedInt64!
    }
    input ProductUpdateInput {
      id: ID
      handle: String
      title: String
      descriptionHtml: String
      productType: String
      tags: [String!]
      vendor: String
      status: ProductStatus
      seo: SEOInput
      redirectNewHandle: Boolean
    }
    input SEOInput {
      title: String
      description: String
    }
    input ProductVariantsBulkInput {
      id: ID
      barcode: String
      compareAtPrice: Money
      inventoryPolicy: ProductVariantInventoryPolicy
      inventoryQuantities: [InventoryLevelInput!]
      inventoryItem: InventoryItemInput
      price: Money
      taxable: Boolean
    }
    input InventoryLevelInput {
      availableQuantity: Int!
      locationId: ID!
    }
    input InventoryItemInput {
      sku: String
      cost: Decimal
      tracked: Boolean
      countryCodeOfOrigin: CountryCode
      harmonizedSystemCode: String
      provinceCodeOfOrigin: String
      measurement: InventoryItemMeasurementInput
      requiresShipping: Boolean
    }
    input InventoryItemMeasurementInput {
      weight: WeightInput
    }
    input WeightInput {
      value: Float!
      unit: WeightUnit!
    }
    input InventorySetQuantitiesInput {
      reason: String!
      name: String!
      referenceDocumentUri: String
      quantities: [InventoryQuantityInput!]!
    }
    input InventoryQuantityInput {
      inventoryItemId: ID!
      locationId: ID!
      quantity: Int!
      changeFromQuantity: Int
    }
    input StagedUploadInput {
      resource: StagedUploadTargetGenerateUploadResource!
      filename: String!
      mimeType: String!
      httpMethod: StagedUploadHttpMethodType = PUT
      fileSize: UnsignedInt64
    }
    input ProductIdentifierInput {
      id: ID
      handle: String
    }
    input ProductUpdateIdentifiers {
      id: ID
      handle: String
    }
    enum BulkMutationErrorCode {
      OPERATION_IN_PROGRESS INVALID_MUTATION INVALID_STAGED_UPLOAD_FILE NO_SUCH_FILE INTERNAL_FILE_SERVER_ERROR
      LIMIT_REACHED
    }
    enum BulkOperationErrorCode {
      ACCESS_DENIED INTERNAL_SERVER_ERROR TIMEOUT
    }
    enum BulkOperationStatus {
      CANCELED CANCELING COMPLETED CREATED EXPIRED FAILED RUNNING
    }
    enum BulkOperationType {
      QUERY MUTATION
    }
    enum BulkOperationUserErrorCode {
      OPERATION_IN_PROGRESS INVALID LIMIT_REACHED
    }
    enum BulkOperationsSortKeys {
      COMPLETED_AT CREATED_AT
    }
    enum CollectionSortKeys {
      ID RELEVANCE TITLE UPDATED_AT
    }
    enum CollectionSortOrder {
      ALPHA_ASC ALPHA_DESC BEST_SELLING MOST_RELEVANT CREATED CREATED_DESC MANUAL PRICE_ASC PRICE_DESC
    }
    enum CountPrecision {
      EXACT AT_LEAST
    }
    enum CountryCode {
      AF AX AL DZ AD AO AI AG AR AM AW AC AU AT AZ BS BH BD BB BY BE BZ BJ BM BT BO BA BW BV BR IO BN BG BF BI KH
      CA CV BQ KY CF TD CL CN CX CC CO KM CG CD CK CR HR CU CW CY CZ CI DK DJ DM DO EC EG SV GQ ER EE SZ ET FK FO
      FJ FI FR GF PF TF GA GM GE DE GH GI GR GL GD GP GT GG GN GW GY HT HM VA HN HK HU IS IN ID IR IQ IE IM IL IT
      JM JP JE JO KZ KE KI KP XK KW KG LA LV LB LS LR LY LI LT LU MO MG MW MY MV ML MT MQ MR MU YT MX MD MC MN ME
      MS MA MZ MM NA NR NP NL AN NC NZ NI NE NG NU NF MK NO OM PK PS PA PG PY PE PH PN PL PT QA CM RE RO RU RW BL
      SH KN LC MF PM WS SM ST SA SN RS SC SL SG SX SK SI SB SO ZA GS KR SS ES LK VC SD SR SJ SE CH SY TW TJ TZ TH
      TL TG TK TO TT TA TN TR TM TC TV UG UA AE GB US UM UY UZ VU VE VN VG WF EH YE ZM ZW ZZ
    }
    enum CurrencyCode {
      USD EUR GBP CAD AFN ALL DZD AOA ARS AMD AWG AUD BBD AZN BDT BSD BHD BIF BYN BZD BMD BTN BAM BRL BOB BWP BND
      BGN MMK KHR CVE KYD XAF CLP CNY COP KMF CDF CRC HRK CZK DKK DJF DOP XCD EGP ERN ETB FKP XPF FJD GIP GMD GHS
      GTQ GYD GEL GNF HTG HNL HKD HUF ISK INR IDR ILS IRR IQD JMD JPY JEP JOD KZT KES KID KWD KGS LAK LVL LBP LSL
      LRD LYD LTL MGA MKD MOP MWK MVR MRU MXN MYR MUR MDL MAD MNT MZN NAD NPR ANG NZD NIO NGN NOK OMR PAB PKR PGK
      PYG PEN PHP PLN QAR RON RUB RWF WST SHP SAR RSD SCR SLL SGD SDG SOS SYP ZAR KRW SSP SBD LKR SRD SZL SEK CHF
      TWD THB TJS TZS TOP TTD TND TRY TMT UGX UAH AED UYU UZS VUV VES VND XOF YER ZMW USDC BYR STD STN VED VEF XXX
    }
    enum InventorySetQuantitiesUserErrorCode {
      INVALID_INVENTORY_ITEM INVALID_LOCATION INVALID_QUANTITY_NEGATIVE INVALID_REASON INVALID_REFERENCE_DOCUMENT
      ITEM_NOT_STOCKED_AT_LOCATION INVALID_QUANTITY_TOO_HIGH INVALID_QUANTITY_TOO_LOW COMPARE_QUANTITY_REQUIRED
      COMPARE_QUANTITY_STALE CHANGE_FROM_QUANTITY_STALE INVALID_NAME NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR
      NON_MUTABLE_INVENTORY_ITEM IDEMPOTENCY_CONCURRENT_REQUEST IDEMPOTENCY_KEY_PARAMETER_MISMATCH
      IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED
    }
    enum LocationSortKeys {
      ID NAME RELEVANCE
    }
    enum ProductCollectionSortKeys {
      BEST_SELLING COLLECTION_DEFAULT CREATED ID MANUAL PRICE RELEVANCE TITLE
    }
    enum ProductSortKeys {
      CREATED_AT ID INVENTORY_TOTAL PRODUCT_TYPE PUBLISHED_AT RELEVANCE TITLE UPDATED_AT VENDOR
    }
    enum ProductStatus {
      ACTIVE ARCHIVED DRAFT UNLISTED
    }
    enum ProductVariantInventoryPolicy {
      DENY CONTINUE
    }
    enum ProductVariantSortKeys {
      FULL_TITLE ID INVENTORY_LEVELS_AVAILABLE INVENTORY_MANAGEMENT INVENTORY_POLICY INVENTORY_QUANTITY NAME
      POPULAR POSITION RELEVANCE SKU TITLE
    }
    enum ProductVariantsBulkUpdateUserErrorCode {
      INVALID_INPUT CANNOT_SPECIFY_BOTH MUST_SPECIFY_ONE_OF_PAIR OPTION_VALUE_NAME_TOO_LONG PRODUCT_DOES_NOT_EXIST
      PRODUCT_VARIANT_ID_MISSING PRODUCT_VARIANT_DOES_NOT_EXIST OPTION_DOES_NOT_EXIST OPTION_VALUE_DOES_NOT_EXIST
      MUST_BE_FOR_THIS_PRODUCT NOT_DEFINED_FOR_SHOP PRODUCT_SUSPENDED NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE
      VARIANT_ALREADY_EXISTS GREATER_THAN_OR_EQUAL_TO NEED_TO_ADD_OPTION_VALUES
      OPTION_VALUES_FOR_NUMBER_OF_UNKNOWN_OPTIONS SUBSCRIPTION_VIOLATION NO_INVENTORY_QUANTITES_DURING_UPDATE
      NEGATIVE_PRICE_VALUE LOCAL_CURRENCY_GIFT_CARD_PRICE_MUST_BE_ZERO BLANK TOO_SHORT TOO_LONG INVALID_VALUE
      CANNOT_SET_NAME_FOR_LINKED_OPTION_VALUE UNSUPPORTED_COMBINED_LISTING_PARENT_OPERATION
      INVENTORY_QUANTITIES_LIMIT_EXCEEDED
    }
    enum StagedUploadHttpMethodType {
      POST PUT
    }
    enum StagedUploadTargetGenerateUploadResource {
      COLLECTION_IMAGE FILE IMAGE MODEL_3D PRODUCT_IMAGE SHOP_IMAGE VIDEO BULK_MUTATION_VARIABLES RETURN_LABEL
      URL_REDIRECT_IMPORT DISPUTE_FILE_UPLOAD
    }
    enum WeightUnit {
      KILOGRAMS GRAMS POUNDS OUNCES
    }
    scalar DateTime
    scalar Decimal
    scalar HTML
    scalar Money
    scalar URL
    scalar UnsignedInt64
    """
