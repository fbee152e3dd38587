// What Relay's compiler reads. With React and Relay's Babel plugin these texts stand in components.
import { graphql } from "relay-runtime";

export const page = graphql`
  query catalogPageQuery($count: Int!) {
    ...catalog_products @arguments(count: $count)
  }
`;

export const products = graphql`
  fragment catalog_products on Query
  @refetchable(queryName: "catalogNextPageQuery")
  @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" }) {
    products(first: $count, after: $cursor, sort: TITLE) @connection(key: "catalog_products") {
      edges {
        node {
          id
          title
          ...catalog_product
        }
      }
    }
  }
`;

export const product = graphql`
  fragment catalog_product on Product @refetchable(queryName: "catalogProductQuery") {
    title
    variants {
      sku
      price {
        amount
        currency
      }
    }
  }
`;

export const add = graphql`
  mutation catalogAddMutation($input: CartLinesAddInput!) {
    cartLinesAdd(input: $input) {
      cart {
        id
        version
        lines {
          nodes {
            quantity
          }
        }
      }
      errors {
        __typename
        code
        ... on InsufficientStockError {
          available
        }
      }
    }
  }
`;

export const cart = graphql`
  subscription catalogCartSubscription($id: ID!) {
    cartUpdated(id: $id) {
      id
      version
      lines {
        nodes {
          quantity
        }
      }
    }
  }
`;
